#pragma once

#include <torch/torch.h>

#include "brenier/types.hpp"
#include "settings.hpp"

namespace brenier::trainer {

torch::Dtype dtype_of(Precision precision);

/// n×d points as an n×d tensor of its own.
torch::Tensor to_tensor(const Points& points, torch::Dtype dtype);

/// An n×d tensor as points, detached from its graph.
Points to_points(const torch::Tensor& tensor);

/// One entry a row of an n or n×1 tensor.
Vector to_vector(const torch::Tensor& tensor);

/// True when every number of the tensor is finite.
bool is_finite(const torch::Tensor& tensor);

}  // namespace brenier::trainer
