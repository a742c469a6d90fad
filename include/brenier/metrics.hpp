#pragma once

// What a trainer of transport maps and generators reports, computed exactly.
#include "brenier/gaussian_moments.hpp"
#include "brenier/map_quality.hpp"
#include "brenier/mode_shares.hpp"
#include "brenier/nearest_neighbour.hpp"
#include "brenier/potential_quality.hpp"
#include "brenier/sample_floor.hpp"
#include "brenier/spread.hpp"
#include "brenier/wasserstein.hpp"
