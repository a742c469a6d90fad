#pragma once

#include <cstdint>
#include <vector>

#include "brenier/types.hpp"
#include "control/run_control.hpp"
#include "engines/engine.hpp"

namespace brenier::table {

/// A balanced transportation problem on a table: every mass positive, the sums agree and are at most 2⁶².
struct TableProblem {
  CostMatrix costs;                  ///< n×m; infinite where a pair is forbidden.
  std::vector<std::int64_t> supply;  ///< n entries.
  std::vector<std::int64_t> demand;  ///< m entries.
  std::vector<Shipment> start_plan;  ///< A plan to start from, feasible or not; empty: none.
  Vector start_psi;                  ///< A potential on the columns to start from; empty: none.
  std::vector<Index> given_rows;     ///< The caller's number of each row, to name it by; empty: the same.
};

/// The network simplex on a table of costs.
///
/// The few cheapest columns of each row at a potential ψ are the first candidates; the simplex is exact about them,
/// then a look at all n·m pairs adds those with c − φ − ψ < 0, and so on until there is none. Without a start ψ comes
/// from the table of every second row and column, solved first in the same way. Where pairs are forbidden the simplex
/// starts from a plan that uses none of them (forbidden.hpp), and none of them is ever a candidate. Memory: those
/// smaller tables, a third of this one, and O(n + m).
/// @throws std::invalid_argument where every plan uses forbidden pairs.
engines::EngineResult solve_table(const TableProblem& problem, RunControl& control, SolveStats& stats);

}  // namespace brenier::table
