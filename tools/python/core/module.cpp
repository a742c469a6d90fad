#include "brenier/version.hpp"
#include "core/core.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() = "The library brenier as the package of this name sees it.";
  module.attr("version") = brenier::version();
  brenier::python::bind_solve(module);
}
