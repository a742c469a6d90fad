#include "runs/pair_solver.hpp"

#include <new>
#include <stdexcept>

namespace brenier::cli {

PairOutcome solve_pair(const DiscreteMeasure& first, const DiscreteMeasure& second, SolveOptions options) {
  using Reason = Termination::Reason;
  using Kind = PairOutcome::Kind;
  options.threads = 1;
  try {
    const Solution solution = solve(first, second, options);
    if (solution.termination.reason == Reason::optimal) return {Kind::proven, solution.distance, ""};
    if (solution.termination.reason == Reason::interrupted) return {Kind::stopped, 0.0, ""};
    return {Kind::failed, 0.0, solution.termination.detail};
  } catch (const std::bad_alloc&) {
    return {Kind::failed, 0.0, "not enough memory"};
  } catch (const std::invalid_argument& error) {
    return {Kind::refused, 0.0, error.what()};
  } catch (const std::exception& error) {
    return {Kind::failed, 0.0, error.what()};
  }
}

}  // namespace brenier::cli
