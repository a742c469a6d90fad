#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "brenier/certificate.hpp"
#include "brenier/discrete_measure.hpp"
#include "brenier/monitor.hpp"
#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// The algorithm that finds the answer; the certificate does not depend on it.
enum class EngineKind {
  automatic,   ///< `line` where it can, otherwise the one that suits the sizes.
  lemon,       ///< LEMON's network simplex on all n·m arcs: memory O(n·m), the reference for small problems.
  multiscale,  ///< Network simplex on a hierarchy of clusters: memory O(n + m), a million points and more.
  line,        ///< Sort and match the quantiles; exact for every convex cost. O((n + m) log(n + m)). For d = 1.
};

/// What a solve is asked to do. Defaults answer "W₂ with a proof, on every core".
struct SolveOptions {
  int order = 2;                              ///< p of c_p = |x − y|ᵖ/p: 1 or 2.
  EngineKind engine = EngineKind::automatic;  ///< Which algorithm.
  bool normalize = false;                     ///< Scale both clouds to mass 1; otherwise their masses must agree.
  int threads = 0;                            ///< 0 takes every core. Results do not depend on it.
  double time_limit = std::numeric_limits<double>::infinity();  ///< Seconds; > 0.

  /// Bytes that a solve may take, ≥ 0; 0: half of what is free. An engine that needs more is refused. In high dimension
  /// what is left over keeps rounded costs of all pairs (4 bytes each); those that do not fit are computed in every
  /// search anew: slower, with the same answer bit for bit.
  double memory = 0.0;

  /// Where to start from, feasible or not; not owned, may be null. From its own answer a solve costs little more than
  /// its certificate; a poor start costs time, never the answer. Only the multiscale engine starts warm, so `automatic`
  /// takes it whenever a start is given.
  const TransportPlan* start_plan = nullptr;
  const Potentials* start_potentials = nullptr;

  /// Let the certificate look at all pairs one by one, however many there are: see `CertifyOptions::verify`.
  bool verify = false;

  Monitor* monitor = nullptr;  ///< Progress and cancellation; not owned, may be null.
};

/// Why a solve ended.
struct Termination {
  enum class Reason {
    not_run,      ///< No solve has been called: the default of a Solution.
    optimal,      ///< The certificate proves the answer: `Certificate::proves_optimality`.
    time_limit,   ///< Stopped by the time limit: the plan is feasible, `certificate.lower_bound` is proven.
    interrupted,  ///< Stopped by the monitor: likewise.
    unproven,     ///< The engine finished, but the certificate's gap is not within rounding. Treat as a failure.
  };
  Reason reason = Reason::not_run;
  std::string detail;  ///< One sentence for a person; may be empty.
};

/// "optimal", "time_limit", …
std::string to_string(Termination::Reason reason);
std::string to_string(EngineKind engine);

/// What the solve did, for tables and bug reports. Nothing here is needed to trust the answer.
struct SolveStats {
  std::string engine;       ///< Engine that ran.
  std::string pricing;      ///< How the multiscale engine searched all pairs: "tree" or "blocks"; empty for others.
  int threads = 0;          ///< Threads that were used.
  int levels = 0;           ///< Levels of the multiscale engine's hierarchy.
  int rounds = 0;           ///< Its rounds of global pricing, over all levels.
  std::int64_t pivots = 0;  ///< Its pivots of the network simplex, over all levels.
  double seconds = 0.0;     ///< Wall-clock time, certificate included.
};

/// The answer: plan, potentials and their proof.
struct Solution {
  int order = 0;
  double distance = 0.0;  ///< W_p = (p · P)^(1/p) of the plan: exact when `termination.reason` is optimal.
  TransportPlan plan;
  Potentials potentials;  ///< Canonical, at every point of both clouds.
  Certificate certificate;
  Termination termination;
  SolveStats stats;
};

/// Bytes that a solve may take where `SolveOptions::memory` says nothing: half of what is free now. Whoever runs
/// several solves at once shares them out.
double default_memory();

/// Solves T_p = min { Σ πᵢⱼ c_p(xᵢ, yⱼ) : π ≥ 0, Σⱼ πᵢⱼ = aᵢ, Σᵢ πᵢⱼ = bⱼ } exactly and certifies the answer over all
/// n×m pairs.
///
/// Coordinates that tell no points apart are left out: those in which all points of each cloud (p = 2), or of both
/// (p = 1), have the same value. d is the number of the others.
///
/// Masses are rounded to 64-bit integers of equal sum first: exactly for uniform weights and wherever the ratios of
/// the weights allow it, otherwise within `certificate.mass_rounding`.
/// @throws std::invalid_argument for clouds of different dimension, masses that differ (unless `normalize`), an order
/// other than 1 or 2, a time limit that is not positive, a negative memory, `line` for d > 1.
/// @throws std::length_error when the chosen engine would need more memory than `options.memory`, or more than there
/// is; the message says how much.
Solution solve(const DiscreteMeasure& source, const DiscreteMeasure& target, const SolveOptions& options = {});

}  // namespace brenier
