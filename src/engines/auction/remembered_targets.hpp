#pragma once

#include <limits>
#include <vector>

#include "engines/auction/choice.hpp"
#include "search/matrix/row_search.hpp"
#include "simplex/node.hpp"

namespace brenier::engines::auction {

/// What a source of an auction knows of its cheapest targets, where "cheap" is c − ψ, since it last looked at all.
///
/// In an auction ψ only falls. So a target that was not among the cheapest then is no cheaper now, and the two cheapest
/// of those remembered are the two cheapest of all while they cost no more than the others did: two or three looks at
/// all targets do instead of one a bid. Costs begin as float32 lower bounds; only those that may matter to a choice are
/// computed in double, once: in high dimension that is what a choice takes its time for.
class RememberedTargets {
 public:
  /// Targets that are remembered at most, of `bytes_each`.
  static constexpr int most = 32;
  static constexpr double bytes_each = 16.0;

  /// Takes what a look at all targets has told.
  void learn(const search::Survey& survey);

  /// The two cheapest of those remembered, the same whatever the lower bounds were. O(most), and O(d) for each cost
  /// that becomes exact.
  /// @param x the source.
  Choice choose(int order, const double* x, const Points& targets, const Vector& psi);

  /// True when no other target can be among the two cheapest.
  bool is_certain(const Choice& choice) const { return choice.next_price <= others_; }

  /// Forgets all but the cheapest `most`.
  void keep_cheapest(const Vector& psi);

 private:
  struct Known {
    double cost;  ///< That, or at least that.
    simplex::Node target;
    bool is_exact;

    double price(const Vector& psi) const { return cost - psi[target]; }
  };

  std::vector<Known> known_;
  double others_ = -std::numeric_limits<double>::infinity();  ///< No other target is cheaper.
};

}  // namespace brenier::engines::auction
