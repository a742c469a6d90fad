#pragma once

/// @file
/// The whole public interface.
///
/// Threads. Every function may be called from several threads at once, on measures, plans and options that none of them
/// changes; so may the const members of `Potential`, `Geodesic` and `GaussianMoments`. An `EulerFlow` or a `Certifier`
/// belongs to one thread at a time. `threads = 0` takes as many as OpenMP gives: OMP_NUM_THREADS where it is set,
/// otherwise one for each core that the process may use. No result depends on it. A process may fork between two calls,
/// as the workers of a data loader do: parent and child both go on.

#include "brenier/certificate.hpp"
#include "brenier/cost_matrix.hpp"
#include "brenier/discrete_measure.hpp"
#include "brenier/displacement.hpp"
#include "brenier/euler_flow.hpp"
#include "brenier/flow_state.hpp"
#include "brenier/gaussian_moments.hpp"
#include "brenier/geodesic.hpp"
#include "brenier/gradient.hpp"
#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "brenier/map_quality.hpp"
#include "brenier/metrics.hpp"
#include "brenier/mode_shares.hpp"
#include "brenier/monitor.hpp"
#include "brenier/nearest_neighbour.hpp"
#include "brenier/potential_quality.hpp"
#include "brenier/potentials.hpp"
#include "brenier/sample_floor.hpp"
#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"
#include "brenier/solve_many.hpp"
#include "brenier/solve_options.hpp"
#include "brenier/solve_stats.hpp"
#include "brenier/spread.hpp"
#include "brenier/start.hpp"
#include "brenier/termination.hpp"
#include "brenier/transport_plan.hpp"
#include "brenier/types.hpp"
#include "brenier/version.hpp"
#include "brenier/wasserstein.hpp"
