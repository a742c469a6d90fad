#include "engines/auction/candidate_auction.hpp"

#include <algorithm>
#include <utility>

#include "engines/auction/choice.hpp"

namespace brenier::engines::auction {

namespace {

/// ε of the first and the last phase in units of the spread, and how it falls.
constexpr double first_step = 10.0;
constexpr double last_step = 0.03;
constexpr double fall = 0.25;

/// A phase takes two to four bids a source. One that takes more fights about a few targets with all prices around them.
constexpr Index most_bids = 12;

class CandidateAuction {
 public:
  CandidateAuction(const simplex::CandidateArcs& arcs, simplex::Node sources, const Vector& psi)
      : arcs_(arcs), sources_(sources), psi_(psi), owner_(static_cast<std::size_t>(sources)) {}

  /// All sources bid with this ε until each has a target; false when that takes too long.
  bool run_phase(double step, RunControl& control) {
    std::fill(owner_.begin(), owner_.end(), simplex::none);
    waiting_.clear();
    for (simplex::Node source = sources_; source-- > 0;) waiting_.push_back(source);
    for (Index bids = 1; !waiting_.empty(); ++bids) {
      if (bids > most_bids * sources_ || (bids % 4096 == 0 && control.stop())) return false;
      const simplex::Node source = waiting_.back();
      waiting_.pop_back();
      bid(source, step);
    }
    return true;
  }

  Vector take_psi() { return std::move(psi_); }

  std::vector<simplex::Node> partners() const {
    std::vector<simplex::Node> partner(owner_.size());
    for (std::size_t j = 0; j < owner_.size(); ++j)
      partner[static_cast<std::size_t>(owner_[j])] = static_cast<simplex::Node>(j);
    return partner;
  }

 private:
  void bid(simplex::Node source, double step) {
    Choice choice;
    for (Index arc = arcs_.begin(source); arc < arcs_.end(source); ++arc) {
      const simplex::Node j = arcs_.target(arc) - sources_;
      choice.offer(j, arcs_.cost(arc) - psi_[j]);
    }
    psi_[choice.target] -= step + choice.lead();
    simplex::Node& owner = owner_[static_cast<std::size_t>(choice.target)];
    if (owner != simplex::none) waiting_.push_back(owner);
    owner = source;
  }

  const simplex::CandidateArcs& arcs_;
  simplex::Node sources_;
  Vector psi_;
  std::vector<simplex::Node> owner_;    ///< The source that holds a target.
  std::vector<simplex::Node> waiting_;  ///< Sources without a target: a stack.
};

}  // namespace

bool match_by_auction(const simplex::CandidateArcs& arcs, simplex::Node sources, double spread, Vector& psi,
                      std::vector<simplex::Node>& partner, RunControl& control) {
  CandidateAuction auction(arcs, sources, psi);
  for (double step = first_step; step > last_step; step *= fall) {
    if (!auction.run_phase(step * spread, control)) return false;
  }
  psi = auction.take_psi();
  partner = auction.partners();
  return true;
}

}  // namespace brenier::engines::auction
