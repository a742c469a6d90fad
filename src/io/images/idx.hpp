#pragma once

#include "io/cloud.hpp"
#include "io/input.hpp"

namespace brenier::io {

/// IDX files, as MNIST comes in: n items of rows × columns × … numbers become n points of ℝ^(rows·columns·…).
///
/// Unsigned bytes are divided by 255; the other types are taken as they are. Big-endian.
/// @throws FileError, also for a single dimension of unsigned bytes: such files hold labels, not points.
Cloud read_idx(const Input& input);

}  // namespace brenier::io
