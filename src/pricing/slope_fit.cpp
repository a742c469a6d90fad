#include "pricing/slope_fit.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "parallel.hpp"
#include "spatial/kd_order.hpp"

namespace brenier::pricing {

namespace {

/// Count, means and centred sums of products of the points and ψ of a cell.
template <int D>
struct Moments {
  double count = 0.0;
  double mean_psi = 0.0;
  Eigen::Matrix<double, D, 1> mean, psi_products;
  Eigen::Matrix<double, D, D> products;

  explicit Moments(Index d) : mean(d), psi_products(d), products(d, d) {
    mean.setZero();
    psi_products.setZero();
    products.setZero();
  }

  void add(const Moments& other) {
    if (other.count == 0.0) return;
    const double total = count + other.count;
    const double share = other.count / total;
    const Eigen::Matrix<double, D, 1> step = other.mean - mean;
    const double psi_step = other.mean_psi - mean_psi;
    products += other.products + (count * share) * step * step.transpose();
    psi_products += other.psi_products + (count * share * psi_step) * step;
    mean += share * step;
    mean_psi += share * psi_step;
    count = total;
  }

  Eigen::Matrix<double, D, 1> slope() const {
    constexpr double ridge = 1e-9;
    const double spread = products.trace();
    if (!(spread > 0.0)) return Eigen::Matrix<double, D, 1>::Zero(mean.size());
    Eigen::Matrix<double, D, D> regular = products;
    regular.diagonal().array() += ridge * spread;
    return regular.ldlt().solve(psi_products);
  }
};

template <int D>
std::vector<double> fit(const Points& points, const Vector& psi, int depth, int threads) {
  const Index d = points.cols(), n = points.rows();
  std::vector<double> slopes(static_cast<std::size_t>(d * (Index{2} << depth)), 0.0);
  const auto store = [&](Index node, const Moments<D>& moments) {
    Eigen::Map<Vector>(slopes.data() + node * d, d) = moments.slope();
  };

  std::vector<Moments<D>> cells(std::size_t{1} << depth, Moments<D>(d));
  const Index leaves = Index{1} << depth;
  const double operations = 20.0 * static_cast<double>(points.size());
#pragma omp parallel for num_threads(worthwhile_threads(threads, operations)) schedule(static)
  for (Index leaf = 0; leaf < leaves; ++leaf) {
    Moments<D>& cell = cells[static_cast<std::size_t>(leaf)];
    Moments<D> point(d);
    point.count = 1.0;
    const Index end = spatial::cell_begin(n, depth, leaf + 1);
    for (Index j = spatial::cell_begin(n, depth, leaf); j < end; ++j) {
      if (!std::isfinite(psi[j])) continue;  // −∞ leaves a target out.
      point.mean = points.row(j).transpose();
      point.mean_psi = psi[j];
      cell.add(point);
    }
    store(leaves + leaf, cell);
  }
  for (Index count = leaves / 2; count > 0; count /= 2) {
    for (Index k = 0; k < count; ++k) {
      Moments<D> merged = cells[static_cast<std::size_t>(2 * k)];
      merged.add(cells[static_cast<std::size_t>(2 * k + 1)]);
      cells[static_cast<std::size_t>(k)] = merged;
      store(count + k, merged);
    }
  }
  return slopes;
}

}  // namespace

std::vector<double> fit_slopes(const Points& points, const Vector& psi, int depth, int threads) {
  switch (points.cols()) {
    case 2:
      return fit<2>(points, psi, depth, threads);
    case 3:
      return fit<3>(points, psi, depth, threads);
    default:
      return fit<Eigen::Dynamic>(points, psi, depth, threads);
  }
}

}  // namespace brenier::pricing
