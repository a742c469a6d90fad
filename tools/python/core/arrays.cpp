#include "core/arrays.hpp"

#include <cmath>
#include <cstring>
#include <stdexcept>

#include "core/exact_integers.hpp"

namespace brenier::python {
namespace {

void refuse_masked(const py::object& value, const std::string& name) {
  const py::module_ masked = py::module_::import("numpy").attr("ma");
  if (py::isinstance(value, masked.attr("MaskedArray")) && masked.attr("is_masked")(value).cast<bool>()) {
    throw std::invalid_argument(name + ": some entries are masked, expected numbers everywhere");
  }
}

std::string shape_text(const py::array& array) { return py::str(array.attr("shape")).cast<std::string>(); }

}  // namespace

Numbers to_numbers(const py::object& value, const std::string& name) {
  refuse_masked(value, name);
  const py::array array(value);
  refuse_rounded_integers(value, array, name);
  // Booleans, integers, unsigned integers, floats.
  if (std::strchr("biuf", array.dtype().kind()) == nullptr) {
    throw std::invalid_argument(name + ": has type " + py::str(array.dtype()).cast<std::string>() +
                                ", expected real numbers");
  }
  return Numbers(array);
}

Points to_points(const py::object& value, const std::string& name) {
  const Numbers array = to_numbers(value, name);
  if (array.ndim() != 1 && array.ndim() != 2) {
    throw std::invalid_argument(name + ": has shape " + shape_text(array) +
                                ", expected (n, d), one row a point, or (n,) for points on a line");
  }
  return Eigen::Map<const Points>(array.data(), array.shape(0), array.ndim() == 2 ? array.shape(1) : 1);
}

Vector to_vector(const py::object& value, const std::string& name) {
  const Numbers array = to_numbers(value, name);
  if (array.ndim() != 1) {
    throw std::invalid_argument(name + ": has shape " + shape_text(array) + ", expected (n,)");
  }
  return Eigen::Map<const Vector>(array.data(), array.shape(0));
}

DiscreteMeasure to_measure(const py::object& points, const py::object& weights, const std::string& points_name,
                           const std::string& weights_name) {
  Points rows = to_points(points, points_name);
  Vector masses = weights.is_none() ? Vector() : to_vector(weights, weights_name);
  try {
    return weights.is_none() ? DiscreteMeasure(std::move(rows)) : DiscreteMeasure(std::move(rows), std::move(masses));
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument((weights.is_none() ? points_name : points_name + ", " + weights_name) + ": " +
                                error.what());
  }
}

namespace {

/// Whole numbers, of whatever type.
std::vector<Index> to_indices(const py::object& object, const std::string& name) {
  const Vector values = to_vector(object, name);
  std::vector<Index> indices;
  indices.reserve(static_cast<std::size_t>(values.size()));
  for (Index k = 0; k < values.size(); ++k) {
    if (!(std::abs(values[k]) <= 0x1p53 && values[k] == std::floor(values[k]))) {
      throw std::invalid_argument(name + "[" + std::to_string(k) + "]: is " +
                                  py::repr(py::float_(values[k])).cast<std::string>() +
                                  ", expected an index: a whole number");
    }
    indices.push_back(static_cast<Index>(values[k]));
  }
  return indices;
}

}  // namespace

TransportPlan to_plan(const py::tuple& arrays, Index sources, Index targets) {
  if (arrays.size() != 3) throw std::invalid_argument("plan: expected three arrays: source, target, mass");
  const std::vector<Index> source = to_indices(arrays[0], "plan: source");
  const std::vector<Index> target = to_indices(arrays[1], "plan: target");
  const Vector mass = to_vector(arrays[2], "plan: mass");
  if (static_cast<Index>(source.size()) != mass.size() || source.size() != target.size()) {
    throw std::invalid_argument("plan: source, target and mass have different lengths");
  }
  TransportPlan plan{sources, targets, {}};
  plan.entries.reserve(static_cast<std::size_t>(mass.size()));
  for (Index k = 0; k < mass.size(); ++k) {
    const auto entry = static_cast<std::size_t>(k);
    plan.entries.push_back({source[entry], target[entry], mass[k]});
  }
  return plan;
}

py::tuple from_plan(const TransportPlan& plan) {
  const auto count = static_cast<py::ssize_t>(plan.entries.size());
  py::array_t<std::int64_t> source(count), target(count);
  py::array_t<double> mass(count);
  for (py::ssize_t k = 0; k < count; ++k) {
    const PlanEntry& entry = plan.entries[static_cast<std::size_t>(k)];
    source.mutable_at(k) = entry.source;
    target.mutable_at(k) = entry.target;
    mass.mutable_at(k) = entry.mass;
  }
  return py::make_tuple(source, target, mass);
}

py::array from_indices(const std::vector<Index>& indices) {
  return py::array_t<std::int64_t>(static_cast<py::ssize_t>(indices.size()), indices.data());
}

}  // namespace brenier::python
