#include "engines/assignment/assignment_engine.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "control/parallel.hpp"
#include "engines/assignment/shortest_paths.hpp"
#include "engines/plans.hpp"
#include "numeric/rows.hpp"
#include "search/packed_targets.hpp"

namespace brenier::engines {
namespace {

using assignment::CostRows;
using assignment::ShortestPaths;

/// What shipments may cost too much, next to what they cost.
constexpr double most_slack = 1e-13;

CostRows cost_rows(const Problem& problem, int threads) {
  const search::PackedTargets targets(GroundCost(problem.order), problem.targets);
  CostRows table;
  table.sources = problem.sources.rows();
  table.targets = problem.targets.rows();
  table.stride = targets.packs() * targets.pack_size;
  table.costs.resize(static_cast<std::size_t>(table.sources * table.stride));
  const double operations = 2.0 * static_cast<double>(table.sources) * static_cast<double>(problem.targets.size());
#pragma omp parallel for num_threads(worthwhile_threads(threads, operations)) schedule(static)
  for (Index i = 0; i < table.sources; ++i) {
    targets.priced_costs(problem.sources.row(i).data(), table.costs.data() + i * table.stride);
  }
  return table;
}

/// A first guess of φ on the sources. For p = 2 that of the map which takes mean and spread of one cloud to those of
/// the other in each coordinate, T(x) = ȳ + r (x − x̄):  ∇φ = x − T(x).
Vector guessed_phi(const Problem& problem) {
  if (problem.order == 1) return Vector::Zero(problem.sources.rows());
  const Eigen::RowVectorXd x = mean_row(problem.sources), y = mean_row(problem.targets);
  const auto spread = [](const Points& points, const Eigen::RowVectorXd& mean) {
    return Eigen::RowVectorXd((points.rowwise() - mean).colwise().norm() /
                              std::sqrt(static_cast<double>(points.rows())));
  };
  const Eigen::RowVectorXd own = spread(problem.sources, x), other = spread(problem.targets, y);
  const Eigen::RowVectorXd bend = (own.array() > 0.0).select(1.0 - other.array() / own.array(), 0.0);
  const Points from_mean = problem.sources.rowwise() - x;
  return 0.5 * from_mean.cwiseAbs2() * bend.transpose() + from_mean * (x - y).transpose();
}

/// ψ = φᶜ, so that no pair is violated.
Vector transformed(const CostRows& table, const Vector& phi) {
  Vector psi = Vector::Constant(table.targets, std::numeric_limits<double>::infinity());
  for (Index i = 0; i < table.sources; ++i) {
    psi = psi.cwiseMin((Eigen::Map<const Vector>(table.row(i), table.targets).array() - phi[i]).matrix());
  }
  return psi;
}

/// What shipments cost more than ψ allows: Σ f (c(i, j) − ψⱼ − minₖ (c(i, k) − ψₖ)), for a unit of mass.
double slack(const CostRows& table, const Vector& psi, const std::vector<Shipment>& shipments) {
  double sum = 0.0, mass = 0.0;
  for (const Shipment& shipment : shipments) {
    const double* c = table.row(shipment.source);
    double least = std::numeric_limits<double>::infinity();
    for (Index k = 0; k < table.targets; ++k) least = std::min(least, c[k] - psi[k]);
    sum += static_cast<double>(shipment.units) * (c[shipment.target] - psi[shipment.target] - least);
    mass += static_cast<double>(shipment.units);
  }
  return sum / mass;
}

}  // namespace

AssignmentEngine::AssignmentEngine(std::unique_ptr<Engine> finer) : finer_(std::move(finer)) {}

double AssignmentEngine::memory_estimate(Index sources, Index targets, Index dimension) const {
  const double table = static_cast<double>(sources) * static_cast<double>(targets + search::PackedTargets::pack_size);
  return std::max(sizeof(double) * (table + 16.0 * static_cast<double>(sources + targets)),
                  finer_->memory_estimate(sources, targets, dimension));
}

EngineResult AssignmentEngine::solve(Problem problem, RunControl& control, SolveStats& stats) const {
  Progress progress;
  progress.phase = "paths";
  control.report(progress);
  const CostRows table = cost_rows(problem, control.threads());
  ShortestPaths paths(table, problem.supply, problem.demand, transformed(table, guessed_phi(problem)));
  EngineResult result;
  result.finished = paths.run([&control] { return control.stop(); });
  result.psi = paths.psi();
  result.shipments = paths.shipments();
  if (!result.finished) {
    complete_plan(problem, result.shipments);
  } else if (slack(table, result.psi, result.shipments) > most_slack * mean_cost(problem, result.shipments)) {
    return finer_->solve(std::move(problem), control, stats);
  }
  return result;
}

}  // namespace brenier::engines
