#pragma once

#include <string>
#include <vector>

#include "plots/train_curves.hpp"

namespace brenier::cli {

/// The gnuplot script, without terminal and output, of W₁ and W₂ against iterations and against seconds, on a
/// logarithmic scale, with the floor: one colour for the runs that differ in their seed only.
std::string training_script(const std::vector<TrainCurves>& runs);

/// The same of the 1-NN accuracy against iterations. @throws UsageError when no run has one.
std::string accuracy_script(const std::vector<TrainCurves>& runs);

}  // namespace brenier::cli
