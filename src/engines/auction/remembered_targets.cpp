#include "engines/auction/remembered_targets.hpp"

#include <algorithm>

#include "search/exact_prices.hpp"

namespace brenier::engines::auction {

void RememberedTargets::learn(const search::Survey& survey) {
  static_assert(sizeof(Known) == bytes_each);
  known_.clear();
  for (const search::LikelyTarget& likely : survey.likely) {
    known_.push_back({likely.least_cost, static_cast<simplex::Node>(likely.target), false});
  }
  others_ = survey.others;
}

Choice RememberedTargets::choose(int order, const double* x, const Points& targets, const Vector& psi) {
  constexpr Index at_a_time = 8;
  for (;;) {
    Choice choice;
    for (const Known& known : known_) choice.offer(known.target, known.price(psi));
    Known* open[at_a_time];
    Index count = 0;
    for (Known& known : known_) {
      if (count < at_a_time && !known.is_exact && known.price(psi) <= choice.next_price) open[count++] = &known;
    }
    if (count == 0) return choice;
    double cost[at_a_time];
    search::costs_from(
        order, x, targets, count, [&open](Index k) { return Index{open[k]->target}; }, cost);
    for (Index k = 0; k < count; ++k) {
      open[k]->cost = cost[k];
      open[k]->is_exact = true;
    }
  }
}

void RememberedTargets::keep_cheapest(const Vector& psi) {
  if (known_.size() <= most) return;
  const auto end = known_.begin() + most;
  std::nth_element(known_.begin(), end, known_.end(), [&psi](const Known& a, const Known& b) {
    const double first = a.price(psi), second = b.price(psi);
    return first < second || (first == second && a.target < b.target);
  });
  others_ = std::min(others_, end->price(psi));
  known_.erase(end, known_.end());
}

}  // namespace brenier::engines::auction
