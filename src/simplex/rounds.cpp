#include "simplex/rounds.hpp"

#include <algorithm>

#include "simplex/nested_blocks.hpp"
#include "simplex/network_simplex.hpp"

namespace brenier::simplex {
namespace {

/// By how much the tolerance falls at a time.
constexpr double fall = 0.1;

/// Where a solve need not be exact, one source in so many may be left with violated pairs.
constexpr Index sources_a_violator = 64;

/// The tolerance beside rounding, as it falls.
class FallingTolerance {
 public:
  explicit FallingTolerance(const Schedule& schedule) : schedule_(schedule), falling_(schedule.first) { settle(); }

  double value() const { return std::max(falling_, schedule_.last); }
  bool is_last() const { return falling_ <= schedule_.last; }

  void fall_once() {
    falling_ *= fall;
    settle();
  }

 private:
  void settle() {
    if (falling_ < schedule_.smallest) falling_ = 0.0;
  }

  const Schedule& schedule_;
  double falling_;
};

/// Puts the potentials on a level of their own: see level_of.
void to_own_level(Vector& phi, Vector& psi) {
  const double level = level_of(psi);
  phi.array() += level;
  psi.array() -= level;
}

/// Reads the potentials of the forest, free of the rounding of many shifts. Pivots of a far point, whose potential is
/// large, may have moved all others along: then they are brought back, and computed anew where they have all their
/// digits.
void read_potentials(NetworkSimplex& simplex, Vector& phi, Vector& psi) {
  simplex.recompute_potentials();
  simplex.read_potentials(phi, psi);
  if (!is_far_off(psi)) return;
  to_own_level(phi, psi);
  simplex.set_potentials(phi, psi);
  simplex.recompute_potentials();
  simplex.read_potentials(phi, psi);
}

}  // namespace

bool Rounds::solve(const Schedule& schedule, const Report& report, std::vector<Flow>& plan, Vector& phi, Vector& psi) {
  to_own_level(phi, psi);
  const auto n = static_cast<Node>(phi.size());
  NetworkSimplex simplex(n, static_cast<Node>(psi.size()));
  simplex.set_potentials(phi, psi);
  NestedBlocks blocks(simplex, arcs_, control_);
  const auto cost_of = [this](Node source, Node target) { return search_.cost(source, target); };

  FallingTolerance falling(schedule);
  double previous = -1.0;
  Violators violators;
  for (;;) {
    ++rounds_;
    const bool is_same = falling.value() == previous;
    previous = falling.value();
    if (!is_same) rounding_.forget();
    const Tolerance tolerance{falling.value(), rounding_.units()};
    Progress progress = report.progress;
    progress.phase = "simplex";
    progress.round = rounds_;
    control_.report(progress);
    // Half of it, so that an arc that was made good cannot count as violated by rounding alone.
    if (is_same && (schedule.repaired == 1 || violators.sources < n / schedule.repaired)) {
      blocks.reoptimize(plan, tolerance.half());
    } else {
      blocks.optimize(plan, cost_of, tolerance.half());
    }
    pivots_ = blocks.pivots();
    read_potentials(simplex, phi, psi);
    if (control_.stop()) return false;

    progress.phase = "search";
    control_.report(progress);
    violators = search_.add_violators(phi, psi, tolerance, arcs_);
    if (control_.stop()) return false;
    rounding_.review(violators.arcs, violators.worst_units);
    progress.violators = violators.sources;
    if (report.prove) progress.lower_bound = report.prove(violators.phi, psi);
    control_.report(progress);

    if (falling.is_last()) {
      const bool is_enough = !schedule.exact && violators.sources < n / sources_a_violator;
      if (violators.arcs == 0 || is_enough) return true;
    }
    if (rounding_.is_stuck()) return true;
    if (static_cast<double>(violators.sources) <= schedule.patience * static_cast<double>(n)) falling.fall_once();
  }
}

}  // namespace brenier::simplex
