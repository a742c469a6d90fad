#include "tensors.hpp"

namespace brenier::trainer {

torch::Dtype dtype_of(Precision precision) {
  return precision == Precision::single_precision ? torch::kFloat32 : torch::kFloat64;
}

torch::Tensor to_tensor(const Points& points, torch::Dtype dtype) {
  torch::Tensor tensor = torch::empty({points.rows(), points.cols()}, torch::kFloat64);
  Points::Map(tensor.data_ptr<double>(), points.rows(), points.cols()) = points;
  return tensor.to(dtype);
}

Points to_points(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat64).contiguous();
  return Points::Map(plain.data_ptr<double>(), plain.size(0), plain.size(1));
}

Vector to_vector(const torch::Tensor& tensor) {
  const torch::Tensor plain = tensor.detach().to(torch::kFloat64).contiguous();
  return Vector::Map(plain.data_ptr<double>(), plain.numel());
}

bool is_finite(const torch::Tensor& tensor) { return torch::isfinite(tensor).all().item<bool>(); }

}  // namespace brenier::trainer
