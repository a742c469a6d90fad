#include "brenier/gaussian_moments.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "numeric/compensated_sum.hpp"
#include "numeric/message.hpp"
#include "values/shape_checks.hpp"

namespace brenier {
namespace {

using Matrix = Eigen::MatrixXd;

/// What is left of a covariance that was computed in single precision, relative to its largest entry.
constexpr double single_precision_rounding = 1e-6;

/// The centred points, each times the root of its share of the mass: its square is the covariance.
Matrix weighted_deviations(const DiscreteMeasure& cloud, const Vector& mean) {
  const Vector roots = (cloud.weights() / cloud.total_mass()).cwiseSqrt();
  return roots.asDiagonal() * (cloud.points().rowwise() - mean.transpose());
}

/// 1 − Σ aᵢ², by which the covariance of a sample falls short of that of its law on average.
double unbiasing_divisor(const DiscreteMeasure& cloud) {
  const double divisor = 1.0 - (cloud.weights() / cloud.total_mass()).squaredNorm();
  if ((cloud.weights().array() > 0.0).count() < 2) {
    throw std::invalid_argument("covariance: only one point carries mass, at least two are needed to be unbiased");
  }
  return divisor;
}

/// A matrix with the same square AᵀA and no more rows than columns.
Points compressed(Matrix deviations) {
  if (deviations.rows() <= deviations.cols()) return deviations;
  const Eigen::HouseholderQR<Eigen::Ref<Matrix>> qr(deviations);
  return qr.matrixQR().topRows(deviations.cols()).triangularView<Eigen::Upper>();
}

void check_covariance(const Vector& mean, const Points& covariance) {
  const Index d = mean.size();
  if (d == 0) throw std::invalid_argument("mean: it has no entry, at least one is needed");
  if (covariance.rows() != d || covariance.cols() != d) {
    throw std::invalid_argument(message("covariance: is ", covariance.rows(), " x ", covariance.cols(), ", expected ",
                                        d, " x ", d, " for a mean of ", d, " entries"));
  }
  check_finite_entries("mean", mean);
  check_finite("covariance", covariance);
  const double rounding = single_precision_rounding * covariance.cwiseAbs().maxCoeff();
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j < i; ++j) {
      if (std::abs(covariance(i, j) - covariance(j, i)) <= rounding) continue;
      throw std::invalid_argument(message("covariance: row ", i, ", column ", j, " is ", covariance(i, j), ", but row ",
                                          j, ", column ", i, " is ", covariance(j, i),
                                          "; expected a symmetric matrix"));
    }
  }
}

/// R with RᵀR = Σ, from the eigenvectors.
Points root_of(const Points& covariance) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(0.5 * (covariance + covariance.transpose()));
  if (eigen.info() != Eigen::Success) throw std::runtime_error("covariance: its eigenvalues were not found");
  const double least = eigen.eigenvalues().minCoeff();
  if (least < -single_precision_rounding * covariance.cwiseAbs().maxCoeff()) {
    throw std::invalid_argument(message("covariance: has the eigenvalue ", least, ", expected none below zero"));
  }
  return eigen.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal() * eigen.eigenvectors().transpose();
}

/// R with rows of zeros below, which change nothing of RᵀR.
Matrix padded(const Points& root, Index rows) {
  Matrix result = Matrix::Zero(rows, root.cols());
  result.topRows(root.rows()) = root;
  return result;
}

/// min |R − US|² over orthogonal U: U is the orthogonal factor of RSᵀ.
double procrustes_distance(const Points& r, const Points& s) {
  const Index rows = std::max(r.rows(), s.rows());
  const Matrix first = padded(r, rows), second = padded(s, rows);
  const Matrix product = first * second.transpose();
  if (!product.allFinite()) return std::numeric_limits<double>::infinity();
  const Eigen::BDCSVD<Matrix> svd(product, Eigen::ComputeFullU | Eigen::ComputeFullV);
  const Matrix rotation = svd.matrixU() * svd.matrixV().transpose();
  return (first - rotation * second).squaredNorm();
}

}  // namespace

GaussianMoments::GaussianMoments(const DiscreteMeasure& cloud, Covariance covariance) : mean_(cloud.mean()) {
  const double divisor = covariance == Covariance::unbiased ? unbiasing_divisor(cloud) : 1.0;
  root_ = compressed(weighted_deviations(cloud, mean_)) / std::sqrt(divisor);
}

GaussianMoments::GaussianMoments(Vector mean, const Points& covariance) : mean_(std::move(mean)) {
  check_covariance(mean_, covariance);
  root_ = root_of(covariance);
}

Points GaussianMoments::covariance() const { return root_.transpose() * root_; }

double GaussianMoments::variance() const { return root_.squaredNorm(); }

double variance(const DiscreteMeasure& cloud) {
  const Vector mean = cloud.mean();
  CompensatedSum sum;
  for (Index i = 0; i < cloud.size(); ++i) {
    sum.add(cloud.weights()[i] / cloud.total_mass() * (cloud.points().row(i) - mean.transpose()).squaredNorm());
  }
  return sum.value();
}

double frechet_distance(const GaussianMoments& a, const GaussianMoments& b) {
  if (a.dimension() != b.dimension()) {
    throw std::invalid_argument(message("moments: dimension ", b.dimension(), ", but the others have ", a.dimension()));
  }
  const double distance = (a.mean() - b.mean()).squaredNorm() + procrustes_distance(a.root(), b.root());
  if (!std::isfinite(distance)) {
    throw std::invalid_argument("moments: the squares of lengths overflow a double; choose another unit of length");
  }
  return distance;
}

double bures_wasserstein(const GaussianMoments& a, const GaussianMoments& b) {
  return std::sqrt(frechet_distance(a, b));
}

}  // namespace brenier
