#pragma once

#include "engines/table/table_engine.hpp"

namespace brenier::table {

bool has_forbidden_pairs(const CostMatrix& costs);

/// A plan that uses no forbidden pair, that is, none of infinite cost: the least mass on forbidden pairs, found as a
/// transportation problem with costs 0 and 1.
///
/// Masses that come from rounded weights may miss each other within groups that only forbidden pairs join: up to 10⁻¹²
/// of the mass stays at home.
/// @throws std::invalid_argument where no plan of finite cost exists: names sources that have more mass than all
/// targets that they may reach (Hall's condition).
/// Memory: another table of the same size.
std::vector<Shipment> allowed_plan(const TableProblem& problem, RunControl& control);

}  // namespace brenier::table
