#include <string>

#include "brenier/io.hpp"
#include "core/arrays.hpp"
#include "core/core.hpp"

namespace brenier::python {

void bind_files(py::module_& module) {
  // What is wrong with a file is wrong with the argument; what cannot be written is the system's.
  py::register_exception_translator([](std::exception_ptr raised) {
    try {
      if (raised) std::rethrow_exception(raised);
    } catch (const WriteError& error) {
      PyErr_SetString(PyExc_OSError, error.what());
    } catch (const FileError& error) {
      PyErr_SetString(PyExc_ValueError, error.what());
    }
  });
  module.def(
      "read",
      [](const std::string& name) {
        const DiscreteMeasure cloud = read_measure(name);
        return py::make_tuple(cloud.points(), cloud.weights());
      },
      "brenier::read_measure: points and weights.");
  module.def(
      "write",
      [](const std::string& name, const py::object& points, const py::object& weights) {
        write_measure(name, to_measure(points, weights, "x", "a"));
      },
      "brenier::write_measure.");
}

}  // namespace brenier::python
