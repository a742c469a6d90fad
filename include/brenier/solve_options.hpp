#pragma once

#include <limits>
#include <string>

#include "brenier/monitor.hpp"
#include "brenier/start.hpp"

namespace brenier {

/// The algorithm that finds the answer; the certificate does not depend on it.
enum class EngineKind {
  automatic,   ///< `line` where it can, otherwise the one that suits the sizes.
  assignment,  ///< Shortest augmenting paths on all n² pairs, for equal masses in equal numbers: the fastest for few.
  lemon,       ///< LEMON's network simplex on all n·m arcs: memory O(n·m), the reference for small problems.
  multiscale,  ///< Network simplex on a hierarchy of clusters: memory O(n + m), a million points and more.
  line,        ///< Sort and match the quantiles; exact for every convex cost. O((n + m) log(n + m)). For d = 1.
};

/// "auto", "lemon", …
std::string to_string(EngineKind engine);

/// What a solve is asked to do. Defaults answer "W₂ with a proof, on every core".
struct SolveOptions {
  int order = 2;                              ///< p of c_p = |x − y|ᵖ/p: 1 or 2.
  EngineKind engine = EngineKind::automatic;  ///< Which algorithm.
  bool normalize = false;                     ///< Scale both clouds to mass 1; otherwise their masses must agree.
  int threads = 0;                            ///< 0 takes every core (see brenier.hpp). Results do not depend on it.
  double time_limit = std::numeric_limits<double>::infinity();  ///< Seconds; > 0.

  /// Bytes that a solve may take, ≥ 0; 0: half of what is free. An engine that needs more is refused. In high dimension
  /// what is left over keeps rounded costs of all pairs (4 bytes each); those that do not fit are computed in every
  /// search anew: slower, with the same answer bit for bit.
  double memory = 0.0;

  /// Where to start from. Only the multiscale engine starts warm, so `automatic` takes it whenever a start is given.
  Start start;

  /// Let the certificate look at all pairs one by one, however many there are: see `CertifyOptions::verify`.
  bool verify = false;

  Monitor* monitor = nullptr;  ///< Progress and cancellation; not owned, may be null.
};

/// Throws std::invalid_argument for an order other than 1 or 2, a negative number of threads, a time limit that is not
/// positive, a negative memory: what `solve` refuses whatever the clouds are.
void validate(const SolveOptions& options);

}  // namespace brenier
