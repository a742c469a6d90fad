#include "brenier/wasserstein.hpp"

#include <string>
#include <utility>

namespace brenier {
namespace {

std::string describe(const Termination& termination) {
  const std::string reason = "no proven optimum: the solve ended as " + to_string(termination.reason);
  return termination.detail.empty() ? reason : reason + ". " + termination.detail;
}

}  // namespace

NotProven::NotProven(Termination termination)
    : std::runtime_error(describe(termination)), termination_(std::move(termination)) {}

Solution solve_to_optimality(const DiscreteMeasure& source, const DiscreteMeasure& target,
                             const SolveOptions& options) {
  Solution solution = solve(source, target, options);
  if (solution.termination.reason != Termination::Reason::optimal) throw NotProven(solution.termination);
  return solution;
}

double wasserstein(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options) {
  return solve_to_optimality(source, target, options).distance;
}

}  // namespace brenier
