#pragma once

#include <pybind11/numpy.h>

#include <string>

namespace brenier::python {

/// Refuses integers that a double does not hold exactly: those beyond 2⁵³, but for multiples of 2, 4, 8, …
///
/// Looked at are 64-bit integers, long doubles that are integers, and what numpy made of a list, a table with a type
/// for each column, or objects: there the integers as they were given, which numpy itself may have rounded.
/// @param value what Python gave.  @param array what numpy made of it.  @param name of the argument, for the message.
/// @throws std::invalid_argument "x[3, 0]: is 9007199254740993, expected …".
void refuse_rounded_integers(const pybind11::object& value, const pybind11::array& array, const std::string& name);

}  // namespace brenier::python
