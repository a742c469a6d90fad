#include "search/table/table_transform.hpp"

#include <algorithm>
#include <limits>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"

namespace brenier::table {
namespace {

int threads_for(const CostMatrix& costs, int threads) {
  return worthwhile_threads(threads, static_cast<double>(costs.size()));
}

/// Columns that one thread takes at a time: a part of each row, and of the result, that fits into its cache.
constexpr Index columns_at_once = 512;

}  // namespace

CTransform transform_rows(const CostMatrix& costs, const Vector& psi, int threads) {
  const Index n = costs.rows();
  CTransform result{Vector(n), std::vector<Index>(static_cast<std::size_t>(n))};
  ParallelErrors errors;
#pragma omp parallel num_threads(threads_for(costs, threads))
  {
    Eigen::RowVectorXd reduced;
#pragma omp for schedule(static)
    for (Index i = 0; i < n; ++i) {
      errors.run([&] {
        reduced = costs.row(i) - psi.transpose();
        result.value[i] = reduced.minCoeff(&result.minimizer[static_cast<std::size_t>(i)]);
      });
    }
  }
  errors.rethrow();
  return result;
}

Vector transform_columns(const CostMatrix& costs, const Vector& phi, int threads) {
  const Index m = costs.cols();
  Vector value = Vector::Constant(m, std::numeric_limits<double>::infinity());
#pragma omp parallel for schedule(static) num_threads(threads_for(costs, threads))
  for (Index first = 0; first < m; first += columns_at_once) {
    const Index count = std::min(columns_at_once, m - first);
    for (Index i = 0; i < costs.rows(); ++i) {
      const auto reduced = costs.row(i).segment(first, count).transpose().array() - phi[i];
      value.segment(first, count) = value.segment(first, count).array().min(reduced).matrix();
    }
  }
  return value;
}

}  // namespace brenier::table
