#pragma once

#include <pybind11/eigen.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "brenier/brenier.hpp"

/// From whatever Python holds numbers in to the library's values, and back.
///
/// Numbers may come as anything that numpy makes an array of: any real type, any strides, lists, and objects with
/// `__array__` such as PyTorch's tensors on the CPU. Each function has the name of the argument, for messages.
namespace brenier::python {

namespace py = pybind11;

using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// Doubles in C order; the array itself where it has them, otherwise a copy.
/// @throws std::invalid_argument for what is not real numbers, for masked entries, and for integers that a double does
/// not hold exactly; numpy's own error for what is no array.
Numbers to_numbers(const py::object& value, const std::string& name);

/// n×d; a one-dimensional array of n numbers is n points on a line.
Points to_points(const py::object& value, const std::string& name);

Vector to_vector(const py::object& value, const std::string& name);

/// What `compute` returns; where it says something against points as such ("points: …"), the names of the arguments
/// that they came from are put in front.
template <typename Compute>
auto naming_points(const std::string& names, const Compute& compute) {
  try {
    return compute();
  } catch (const std::invalid_argument& error) {
    const std::string text = error.what();
    throw std::invalid_argument((text.rfind("points: ", 0) == 0 ? names + ": " : "") + text);
  }
}

/// Points with weights; None are equal weights of sum 1.
DiscreteMeasure to_measure(const py::object& points, const py::object& weights, const std::string& points_name,
                           const std::string& weights_name);

/// Arrays (source, target, mass) of a plan between so many points.
TransportPlan to_plan(const py::tuple& arrays, Index sources, Index targets);

/// (source, target, mass): two arrays of int64 and one of doubles.
py::tuple from_plan(const TransportPlan& plan);

/// An array of int64.
py::array from_indices(const std::vector<Index>& indices);

}  // namespace brenier::python
