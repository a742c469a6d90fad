#include "brenier/version.hpp"
#include "brenier/wasserstein.hpp"
#include "core/core.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The library brenier as the package of this name sees it.";
  module.attr("version") = brenier::version();
  pybind11::register_exception<brenier::NotProven>(module, "NotProven", PyExc_RuntimeError);
  brenier::python::bind_solve(module);
  brenier::python::bind_potential(module);
  brenier::python::bind_files(module);
  brenier::python::bind_flow(module);
  brenier::python::bind_metrics(module);
}
