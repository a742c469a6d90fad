#pragma once

#include "brenier/cost_matrix.hpp"

namespace brenier::cost_matrix {

/// minⱼ cᵢⱼ − ψⱼ for each row i of a table, and the j that attains it, the smallest one among ties. −∞ in ψ leaves a
/// column out; one entry at least is finite. O(n·m), threaded by rows.
CTransform transform_rows(const CostMatrix& costs, const Vector& psi, int threads);

/// minᵢ cᵢⱼ − φᵢ for each column j of a table. O(n·m), threaded by columns.
Vector transform_columns(const CostMatrix& costs, const Vector& phi, int threads);

}  // namespace brenier::cost_matrix
