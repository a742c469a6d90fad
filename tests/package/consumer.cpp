#include <brenier/brenier.hpp>
#include <iostream>

int main() {
  brenier::Points corners(4, 2);  // n×d, one row a point
  corners << 0, 0, 1, 0, 0, 1, 1, 1;
  brenier::Points centre(1, 2);
  centre << 0.5, 0.5;

  brenier::SolveOptions options;
  options.order = 1;
  const brenier::Solution solution =
      brenier::solve(brenier::DiscreteMeasure(corners), brenier::DiscreteMeasure(centre), options);

  std::cout << "W1 = " << solution.distance << " (" << brenier::to_string(solution.termination.reason) << ")\n";
  for (const brenier::PlanEntry& entry : solution.plan.entries) {
    std::cout << entry.mass << " from corner " << entry.source << " to point " << entry.target << "\n";
  }
  return solution.termination.reason == brenier::Termination::Reason::optimal ? 0 : 1;
}
