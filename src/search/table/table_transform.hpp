#pragma once

#include "brenier/potentials.hpp"
#include "brenier/types.hpp"

namespace brenier::table {

/// minⱼ cᵢⱼ − ψⱼ for each row i of a table, and the j that attains it, the smallest one among ties. −∞ in ψ leaves a
/// column out; one entry at least is finite. O(n·m), threaded by rows.
CTransform transform_rows(const CostMatrix& costs, const Vector& psi, int threads);

/// minᵢ cᵢⱼ − φᵢ for each column j of a table. O(n·m), threaded by columns.
Vector transform_columns(const CostMatrix& costs, const Vector& phi, int threads);

}  // namespace brenier::table
