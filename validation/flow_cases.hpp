#pragma once

#include "cases.hpp"

namespace brenier::validation {

/// @name Statements 1 to 7 on clouds of known laws.
/// @{
Claims ring(Index n, const Setting& setting);
Claims swissroll(const Setting& setting);
Claims uniform(Index dimension, const Setting& setting);
Claims unequal(const Setting& setting);
/// @}

}  // namespace brenier::validation
