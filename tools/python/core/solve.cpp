#include <pybind11/stl.h>

#include <string>

#include "core/arrays.hpp"
#include "core/core.hpp"
#include "core/interruptible.hpp"

namespace brenier::python {
namespace {

EngineKind to_engine(const std::string& name) {
  for (const EngineKind kind :
       {EngineKind::automatic, EngineKind::assignment, EngineKind::lemon, EngineKind::multiscale, EngineKind::line}) {
    if (to_string(kind) == name) return kind;
  }
  throw std::invalid_argument("engine: is " + name + ", expected auto, assignment, lemon, multiscale or line");
}

/// What both kinds of solutions say of themselves.
template <typename AnySolution>
py::dict common_fields(const AnySolution& solution) {
  py::dict fields;
  fields["entries"] = from_plan(solution.plan);
  fields["phi"] = solution.potentials.phi;
  fields["psi"] = solution.potentials.psi;
  fields["certificate"] = solution.certificate;
  fields["status"] = to_string(solution.termination.reason);
  fields["detail"] = solution.termination.detail;
  fields["engine"] = solution.stats.engine;
  fields["seconds"] = solution.stats.seconds;
  return fields;
}

py::dict solve_clouds(const py::object& x, const py::object& y, const py::object& a, const py::object& b, int order,
                      const std::string& engine, bool normalize, int threads, double time_limit, double memory,
                      const py::object& start_plan, const py::object& start_potentials) {
  const DiscreteMeasure source = to_measure(x, a, "x", "a"), target = to_measure(y, b, "y", "b");
  SolveOptions options;
  options.order = order;
  options.engine = to_engine(engine);
  options.normalize = normalize;
  options.threads = threads;
  options.time_limit = time_limit;
  options.memory = memory;
  if (!start_plan.is_none()) options.start.plan = to_plan(py::tuple(start_plan), source.size(), target.size());
  if (!start_potentials.is_none()) {
    const py::tuple pair(start_potentials);
    options.start.potentials = {to_vector(pair[0], "start: phi"), to_vector(pair[1], "start: psi")};
  }
  const Solution solution = interruptible([&](Monitor& monitor) {
    options.monitor = &monitor;
    return naming_points("x, y", [&] { return solve(source, target, options); });
  });
  py::dict fields = common_fields(solution);
  fields["order"] = solution.order;
  fields["distance"] = solution.distance;
  return fields;
}

py::dict solve_table(const py::object& costs, const py::object& a, const py::object& b, int threads, double time_limit,
                     const py::object& start_psi) {
  const Numbers table = to_numbers(costs, "M");
  if (table.ndim() != 2) throw std::invalid_argument("M: expected two dimensions");
  const Eigen::Map<const Points> matrix(table.data(), table.shape(0), table.shape(1));
  const Vector source = to_vector(a, "a"), target = to_vector(b, "b");
  CostMatrixOptions options;
  options.threads = threads;
  options.time_limit = time_limit;
  if (!start_psi.is_none()) options.start.potentials = {Vector(), to_vector(start_psi, "start: psi")};
  const CostMatrixSolution solution = interruptible([&](Monitor& monitor) {
    options.monitor = &monitor;
    return solve_cost_matrix(matrix, source, target, options);
  });
  py::dict fields = common_fields(solution);
  fields["cost"] = solution.cost;
  return fields;
}

void bind_certificate(py::module_& module) {
  py::class_<Certificate>(module, "Certificate", "The proof of an answer, over all pairs.")
      .def_readonly("primal", &Certificate::primal, "Cost of the plan.")
      .def_readonly("dual", &Certificate::dual, "Value of the potentials.")
      .def_readonly("relative_gap", &Certificate::relative_gap,
                    "Proven gap: (upper - lower bound) / upper bound, for order 2 of clouds moved to one mean.")
      .def_readonly("max_violation", &Certificate::max_violation, "Worst phi + psi - c, relative to the numbers in it.")
      .def_readonly("marginal_residual", &Certificate::marginal_residual, "Mass by which the plan misses the weights.")
      .def_readonly("mass_rounding", &Certificate::mass_rounding,
                    "Bound of the mass moved by rounding the weights; None from certify, which rounds none.")
      .def_readonly("lower_bound", &Certificate::lower_bound, "A proven lower bound of the optimal cost.")
      .def_readonly("upper_bound", &Certificate::upper_bound, "A proven upper bound of the optimal cost.")
      .def_readonly("distance_lower", &Certificate::distance_lower, "The true distance is not smaller.")
      .def_readonly("distance_upper", &Certificate::distance_upper, "The true distance is not larger.")
      .def_readonly("cost_scale", &Certificate::cost_scale, "The size of costs that matter in the problem.")
      .def("proves_optimality", &Certificate::proves_optimality, py::arg("tolerance") = 1e-12,
           "True when gap, violation and marginals are all within the tolerance.")
      .def("__repr__", [](const Certificate& self) {
        return py::
            str("Certificate(primal={!r}, dual={!r}, relative_gap={!r}, max_violation={!r}, "
                "marginal_residual={!r}, mass_rounding={!r}, lower_bound={!r}, upper_bound={!r}, distance_lower={!r}, "
                "distance_upper={!r}, cost_scale={!r})")
                .format(self.primal, self.dual, self.relative_gap, self.max_violation, self.marginal_residual,
                        self.mass_rounding, self.lower_bound, self.upper_bound, self.distance_lower,
                        self.distance_upper, self.cost_scale);
      });
}

}  // namespace

void bind_solve(py::module_& module) {
  bind_certificate(module);
  module.def("to_numbers", &to_numbers, "Doubles in C order; a ValueError with the name for what is no real numbers.");
  module.def("solve", &solve_clouds, "brenier::solve; the fields of the solution by name.");
  module.def("solve_cost_matrix", &solve_table, "brenier::solve_cost_matrix; the fields of the solution by name.");
}

}  // namespace brenier::python
