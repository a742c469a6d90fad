#include "gaussian_case.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>

#include "clouds.hpp"
#include "flow_statements.hpp"

namespace brenier::validation {
namespace {

/// The distance of two Gaussians with the moments of two clouds, and how well it is known.
///
/// W₂² = |m₁ − m₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁^½ Σ₂ Σ₁^½)^½). Moments are sums of n terms. Eigenvalues are computed to a few
/// roundings of the largest one, λ, so the root of the smallest one, λ/κ, to √κ as many of √λ.
ExactDistance bures_distance(const DiscreteMeasure& a, const DiscreteMeasure& b) {
  const auto covariance = [](const DiscreteMeasure& cloud) -> Eigen::MatrixXd {
    const Points centred = cloud.points().rowwise() - cloud.mean().transpose();
    return centred.transpose() * cloud.weights().asDiagonal() * centred;
  };
  const Eigen::MatrixXd s = covariance(a), t = covariance(b);
  const Eigen::MatrixXd root = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(s).operatorSqrt();
  const Eigen::VectorXd lambda = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(root * t * root).eigenvalues();
  const double traces = s.trace() + t.trace();
  const double distance = std::sqrt((a.mean() - b.mean()).squaredNorm() + traces - 2.0 * lambda.cwiseSqrt().sum());
  const double roundings = static_cast<double>(a.size() + b.size() + 64 * a.dimension());
  const double condition = std::sqrt(lambda.maxCoeff() / lambda.minCoeff());
  const double size = distance * distance + 2.0 * traces;  // Of what is added and subtracted.
  return {distance, roundings * roundoff * size * condition / distance};
}

/// x ↦ Ax + b with A symmetric and positive: the gradient of a convex function, so optimal on every sample, and the
/// optimal map of the two Gaussians with the samples' moments.
void add_affine_image(Claims& claims, const Setting& setting) {
  Eigen::Matrix3d matrix;
  matrix << 2.0, 0.5, 0.0, 0.5, 1.0, -0.25, 0.0, -0.25, 0.5;
  const DiscreteMeasure source = sample(law("gaussian", 500, 11, 3));
  const DiscreteMeasure target(Points((source.points() * matrix).rowwise() + Eigen::RowVector3d(1.0, 2.0, 0.0)));
  const ExactDistance distance = cold_distance(source, target, 2, setting);
  const double matched = std::sqrt((source.points() - target.points()).rowwise().squaredNorm().mean());
  // The image is what is written, roundings included; only the optimality of the matching suffers from them.
  claims.push_back({"W2(x, Ax + b) = (mean |x - Ax - b|^2)^1/2", distance.value, matched,
                    distance.uncertainty + rounding_of_cloud(source, target, 8.0) +
                        static_cast<double>(source.size()) * roundoff * matched});
  const ExactDistance bures = bures_distance(source, target);
  claims.push_back({"W2(x, Ax + b) = Bures formula of the moments", distance.value, bures.value,
                    distance.uncertainty + bures.uncertainty + rounding_of_cloud(source, target, 8.0)});

  FlowOptions options;
  options.step = 0.2;
  options.displacement = Displacement::matching;
  FlowUnderTest flow(source, target, options, setting);
  const Index n = 5;
  flow.advance_to(n);
  const double rest = std::pow(1.0 - options.step, static_cast<double>(n));
  const ExactDistance along = bures_distance(flow.cloud(), target);
  claims.push_back(
      {"5  Bures formula at mu_5, e = 0.2: 0.8^5 W0", along.value, rest * distance.value,
       along.uncertainty + rest * distance.uncertainty + rounding_of_cloud(source, target, 4.0 * n + 8.0)});
}

}  // namespace

Claims gaussians(const Setting& setting) {
  const DiscreteMeasure source = sample(law("gaussian", 1000, 12, 2));
  Points stretched = sample(law("gaussian", 1000, 13, 2)).points();
  stretched.col(1) = 0.5 * stretched.col(1) + stretched.col(0);
  stretched.col(0).array() += 3.0;
  const DiscreteMeasure target(std::move(stretched));
  Claims claims;
  add_affine_image(claims, setting);
  const ExactDistance distance = cold_distance(source, target, 2, setting);
  const ExactDistance bures = bures_distance(source, target);
  claims.push_back({"W2 of two samples >= Bures formula of their moments", distance.value, bures.value,
                    distance.uncertainty + bures.uncertainty, Relation::at_least});
  const Claims flow = all_flow_statements(source, target, Displacement::matching, setting);
  claims.insert(claims.end(), flow.begin(), flow.end());
  return claims;
}

}  // namespace brenier::validation
