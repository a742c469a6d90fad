#pragma once

#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/solve.hpp"

namespace brenier {

/// Solves many problems, of any sizes, between `sources[k]` and `targets[k]`: the same answers as `solve` would give
/// for each, with a certificate each, in the same order.
///
/// Each problem runs on one thread, `options.threads` of them at a time, so that a batch of small problems, which alone
/// are too short for several threads, uses all cores. What is found does not depend on their number.
/// `options.time_limit` holds for all together: what is then unfinished or not begun comes out as a feasible plan with
/// the termination `time_limit`. `options.memory` is shared out among the threads. The monitor is asked and told on the
/// calling thread; its progress has the phase "batch", and as `round` the problems that are done.
/// @throws std::invalid_argument for lists of different lengths, for a start, and, as "problem k: …" with k from 0, for
/// what `solve` refuses; of several refused problems the first. std::length_error likewise.
std::vector<Solution> solve_many(const std::vector<DiscreteMeasure>& sources,
                                 const std::vector<DiscreteMeasure>& targets, const SolveOptions& options = {});

}  // namespace brenier
