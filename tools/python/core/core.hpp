#pragma once

#include <pybind11/pybind11.h>

/// The parts of the extension module `brenier._core`, one a source file. Their arguments are positional and complete:
/// defaults, names and documentation are those of the package in Python around it.
namespace brenier::python {

void bind_solve(pybind11::module_& module);
void bind_potential(pybind11::module_& module);
void bind_files(pybind11::module_& module);
void bind_flow(pybind11::module_& module);
void bind_metrics(pybind11::module_& module);

}  // namespace brenier::python
