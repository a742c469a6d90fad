#pragma once

#include <vector>

#include "engines/engine.hpp"

namespace brenier::engines {

/// Makes a part of a plan a whole one: what it leaves over is matched along the axis in which the clouds are widest.
void complete_plan(const Problem& problem, std::vector<Shipment>& shipments);

/// What a plan costs, for a unit of mass; for p = 2 on top of what the way between the means costs every plan.
double mean_cost(const Problem& problem, const std::vector<Shipment>& shipments);

}  // namespace brenier::engines
