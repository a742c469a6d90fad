#pragma once

#include "brenier/certificate.hpp"
#include "brenier/termination.hpp"
#include "control/run_control.hpp"

namespace brenier {

/// Why a solve ended, from what its certificate proves and whether its engine came to an end.
Termination terminate(const Certificate& certificate, bool finished, const RunControl& control);

}  // namespace brenier
