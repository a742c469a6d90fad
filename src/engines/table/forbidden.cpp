#include "engines/table/forbidden.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "numeric/in_sequence.hpp"
#include "numeric/message.hpp"
#include "search/table/table_transform.hpp"

namespace brenier::table {
namespace {

/// The part of the mass that may stay at home.
constexpr double most_left = 1e-12;

/// Sources that a message lists.
constexpr std::size_t most_listed = 10;

/// Sources that have more mass than the targets they may reach, and both masses.
struct Shortage {
  std::vector<Index> sources;
  std::int64_t supply = 0;
  std::int64_t demand = 0;
};

/// Of the sets {i : φᵢ ≥ t} the one that lacks most. For optimal potentials of the problem with costs 0 and 1 the
/// dual value is the sum of what these sets lack, so one of them lacks something if any does.
Shortage worst_shortage(const TableProblem& problem, const Vector& phi) {
  std::vector<Index> order = in_sequence(phi.size());
  std::stable_sort(order.begin(), order.end(), [&phi](Index a, Index b) { return phi[a] > phi[b]; });
  std::vector<bool> reached(static_cast<std::size_t>(problem.costs.cols()), false);
  Shortage now, worst;
  std::size_t worst_count = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const Index i = order[k];
    now.supply += problem.supply[static_cast<std::size_t>(i)];
    for (Index j = 0; j < problem.costs.cols(); ++j) {
      const auto column = static_cast<std::size_t>(j);
      if (reached[column] || std::isinf(problem.costs(i, j))) continue;
      reached[column] = true;
      now.demand += problem.demand[column];
    }
    if (now.supply - now.demand <= worst.supply - worst.demand) continue;
    worst = now;
    worst_count = k + 1;
  }
  worst.sources.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(worst_count));
  std::sort(worst.sources.begin(), worst.sources.end());
  return worst;
}

std::string listed(const std::vector<Index>& rows) {
  std::string text;
  for (std::size_t k = 0; k < std::min(rows.size(), most_listed); ++k) {
    text += (k > 0 ? ", " : "") + std::to_string(rows[k]);
  }
  return rows.size() > most_listed ? text + ", ... (" + std::to_string(rows.size()) + " in all)" : text;
}

/// The problem's own numbers of rows, where some have been left out.
std::vector<Index> given_rows(const TableProblem& problem, std::vector<Index> rows) {
  if (problem.given_rows.empty()) return rows;
  for (Index& row : rows) row = problem.given_rows[static_cast<std::size_t>(row)];
  return rows;
}

[[noreturn]] void refuse(const TableProblem& problem, const Vector& psi, const Points& ones, double total) {
  const Vector phi = transform_rows(ones, psi, 1).value;
  const Shortage shortage = worst_shortage(problem, phi);
  throw std::invalid_argument(
      message("costs: no plan of finite cost exists: sources ", listed(given_rows(problem, shortage.sources)), " have ",
              static_cast<double>(shortage.supply) / total, " of the mass, but the targets that they may reach only ",
              static_cast<double>(shortage.demand) / total));
}

}  // namespace

bool has_forbidden_pairs(const CostMatrix& costs) { return !costs.allFinite(); }

std::vector<Shipment> allowed_plan(const TableProblem& problem, RunControl& control) {
  const Points ones = problem.costs.unaryExpr([](double c) { return std::isinf(c) ? 1.0 : 0.0; });
  const TableProblem counting{ones, problem.supply, problem.demand, {}, Vector::Zero(ones.cols()), {}};
  SolveStats unseen;
  engines::EngineResult found = solve_table(counting, control, unseen);
  double total = 0.0, forbidden = 0.0;
  std::vector<Shipment> allowed;
  for (const Shipment& shipment : found.shipments) {
    total += static_cast<double>(shipment.units);
    if (ones(shipment.source, shipment.target) == 0.0) {
      allowed.push_back(shipment);
    } else {
      forbidden += static_cast<double>(shipment.units);
    }
  }
  if (forbidden > most_left * total && found.finished) refuse(problem, found.psi, ones, total);
  return allowed;
}

}  // namespace brenier::table
