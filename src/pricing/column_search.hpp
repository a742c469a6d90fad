#pragma once

#include "pricing/row_search.hpp"

namespace brenier::pricing {

/// value[j] = minᵢ c(xⱼ, yᵢ) − ψᵢ and the smallest i that attains it, like Pricing::c_transform, for queries that are
/// the columns of the table and targets that are its rows, in the table's order.
void search_columns(const TableSearch& search, Vector& value, std::vector<Index>& minimizer);

}  // namespace brenier::pricing
