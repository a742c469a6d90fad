#pragma once

#include "brenier/certificate.hpp"
#include "certificate/transport_bounds.hpp"
#include "problem/balanced_weights.hpp"
#include "problem/frame.hpp"
#include "search/cloud_transforms.hpp"

namespace brenier {

/// Two clouds as they were given, and everything that a certificate derives from them. Keeps references.
struct JudgedProblem {
  JudgedProblem(int order, const DiscreteMeasure& source, const DiscreteMeasure& target, bool normalize);

  int order;
  const DiscreteMeasure& source;
  const DiscreteMeasure& target;
  BalancedWeights weights;
  ExactWeights exact_weights;
  Frame frame;
};

/// So many pairs are always looked at one by one. Tests lower it, to see the fast searches judge small problems.
inline Index most_plain_pairs = 100'000'000;

/// Makes the certificate of a plan (with valid indices) and of a pair of potentials given in the frame.
///
/// Knows points, weights, plan and potentials, and nothing of where they come from: whatever an engine searched with is
/// not its own. Up to `most_plain_pairs`, and beyond with `plain`, all pairs are looked at by plain loops
/// (plain_search.hpp); otherwise by the fast searches, which it makes itself. One or two global searches, one more
/// where the potentials have too few digits for the clouds (fine_bounds).
class Judge {
 public:
  Judge(int order, int threads, bool plain)
      : order_(order), threads_(threads), plain_(plain), transforms_(order, threads, nullptr) {}

  Certificate operator()(const JudgedProblem& problem, const TransportPlan& plan, const Potentials& framed);

  /// What it searches with beyond `most_plain_pairs`, for others to use as well.
  CloudTransforms& transforms() { return transforms_; }

 private:
  bool searches_plainly(const JudgedProblem& problem) const;
  CTransform transform(const Frame& frame, const Vector& psi, bool plain);
  TransportBounds bounds(const JudgedProblem& problem, const ExactProblem& exact, const TransportPlan& plan,
                         const Potentials& framed, const CTransform& feasible, bool plain) const;
  void search(const Frame& frame, const Points& targets, const Vector& psi, int wanted, bool plain,
              const ShortlistVisit& visit) const;

  int order_;
  int threads_;
  bool plain_;
  CloudTransforms transforms_;
};

}  // namespace brenier
