#pragma once

// The whole public interface.
#include "brenier/certificate.hpp"
#include "brenier/discrete_measure.hpp"
#include "brenier/displacement.hpp"
#include "brenier/euler_flow.hpp"
#include "brenier/flow_state.hpp"
#include "brenier/geodesic.hpp"
#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "brenier/monitor.hpp"
#include "brenier/potentials.hpp"
#include "brenier/sampling.hpp"
#include "brenier/solve.hpp"
#include "brenier/transport_plan.hpp"
#include "brenier/types.hpp"
#include "brenier/version.hpp"
