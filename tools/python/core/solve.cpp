#include <pybind11/stl.h>

#include <optional>
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

/// The options of a solve but its start.
SolveOptions to_options(int order, const std::string& engine, bool normalize, int threads, double time_limit,
                        double memory) {
  SolveOptions options;
  options.order = order;
  options.engine = to_engine(engine);
  options.normalize = normalize;
  options.threads = threads;
  options.time_limit = time_limit;
  options.memory = memory;
  return options;
}

py::dict cloud_fields(const Solution& solution) {
  py::dict fields = common_fields(solution);
  fields["order"] = solution.order;
  fields["distance"] = solution.distance;
  return fields;
}

py::dict solve_clouds(const py::object& x, const py::object& y, const py::object& a, const py::object& b, int order,
                      const std::string& engine, bool normalize, int threads, double time_limit, double memory,
                      const py::object& start_plan, const py::object& start_potentials, const py::object& progress) {
  const DiscreteMeasure source = to_measure(x, a, "x", "a"), target = to_measure(y, b, "y", "b");
  SolveOptions options = to_options(order, engine, normalize, threads, time_limit, memory);
  if (!start_plan.is_none()) options.start.plan = to_plan(py::tuple(start_plan), source.size(), target.size());
  if (!start_potentials.is_none()) {
    const py::tuple pair(start_potentials);
    options.start.potentials = {to_vector(pair[0], "start: phi"), to_vector(pair[1], "start: psi")};
  }
  SignalMonitor signals(progress);
  return cloud_fields(interruptible(signals, [&](Monitor& monitor) {
    options.monitor = &monitor;
    return naming_points("x, y", [&] { return solve(source, target, options); });
  }));
}

/// Entry k of a list, or None where there is no list.
py::object entry(const py::object& list, std::size_t k) {
  return list.is_none() ? py::none() : py::object(py::sequence(list)[k]);
}

std::vector<DiscreteMeasure> to_measures(const py::sequence& points, const py::object& weights, const std::string& name,
                                         const std::string& weights_name) {
  if (!weights.is_none() && py::len(weights) != points.size()) {
    throw std::invalid_argument(weights_name + ": has " + std::to_string(py::len(weights)) + " entries, expected " +
                                std::to_string(points.size()) + ", as " + name);
  }
  std::vector<DiscreteMeasure> measures;
  measures.reserve(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) {
    const std::string place = "[" + std::to_string(k) + "]";
    measures.push_back(to_measure(points[k], entry(weights, k), name + place, weights_name + place));
  }
  return measures;
}

std::vector<Solution> solutions_of(const py::sequence& x, const py::sequence& y, const py::object& a,
                                   const py::object& b, SolveOptions options, const py::object& progress) {
  const std::vector<DiscreteMeasure> sources = to_measures(x, a, "x", "a"), targets = to_measures(y, b, "y", "b");
  SignalMonitor signals(progress);
  return interruptible(signals, [&](Monitor& monitor) {
    options.monitor = &monitor;
    return solve_many(sources, targets, options);
  });
}

py::list solve_batch(const py::sequence& x, const py::sequence& y, const py::object& a, const py::object& b, int order,
                     const std::string& engine, bool normalize, int threads, double time_limit, double memory,
                     const py::object& progress) {
  py::list result;
  for (const Solution& solution :
       solutions_of(x, y, a, b, to_options(order, engine, normalize, threads, time_limit, memory), progress)) {
    result.append(cloud_fields(solution));
  }
  return result;
}

/// The distances alone, whose plans and potentials need not become arrays; NotProven for the first that is not proven.
Vector distances_of_batch(const py::sequence& x, const py::sequence& y, const py::object& a, const py::object& b,
                          int order, bool normalize, int threads, const py::object& progress) {
  const std::vector<Solution> solutions = solutions_of(
      x, y, a, b, to_options(order, "auto", normalize, threads, std::numeric_limits<double>::infinity(), 0.0),
      progress);
  Vector distances(static_cast<Index>(solutions.size()));
  for (std::size_t k = 0; k < solutions.size(); ++k) {
    Termination end = solutions[k].termination;
    if (end.reason != Termination::Reason::optimal) {
      end.detail = "problem " + std::to_string(k) + ": " + end.detail;
      throw NotProven(end);
    }
    distances[static_cast<Index>(k)] = solutions[k].distance;
  }
  return distances;
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

Certificate certify_plan(const py::object& x, const py::object& y, const py::object& a, const py::object& b,
                         const py::tuple& entries, const py::object& phi, const py::object& psi, int order,
                         bool normalize, int threads, bool verify) {
  const DiscreteMeasure source = to_measure(x, a, "x", "a"), target = to_measure(y, b, "y", "b");
  const TransportPlan plan = to_plan(entries, source.size(), target.size());
  const Potentials potentials{to_vector(phi, "phi"), to_vector(psi, "psi")};
  CertifyOptions options;
  options.order = order;
  options.normalize = normalize;
  options.threads = threads;
  options.verify = verify;
  const py::gil_scoped_release release;
  return naming_points("x, y", [&] { return certify(source, target, plan, potentials, options); });
}

/// Every field, in the order in which `from_fields` takes them.
py::tuple to_fields(const Certificate& c) {
  return py::make_tuple(c.primal, c.dual, c.lower_bound, c.upper_bound, c.distance, c.distance_lower, c.distance_upper,
                        c.relative_gap, c.cost_rounding, c.max_violation, c.marginal_residual, c.mass_rounding,
                        c.cost_scale);
}

Certificate from_fields(const py::tuple& fields) {
  if (fields.size() != 13) throw std::invalid_argument("a certificate has 13 fields");
  Certificate c;
  double* const numbers[] = {&c.primal,        &c.dual,           &c.lower_bound,      &c.upper_bound,
                             &c.distance,      &c.distance_lower, &c.distance_upper,   &c.relative_gap,
                             &c.cost_rounding, &c.max_violation,  &c.marginal_residual};
  std::size_t k = 0;
  for (double* number : numbers) *number = fields[k++].cast<double>();
  c.mass_rounding = fields[k++].cast<std::optional<double>>();
  c.cost_scale = fields[k].cast<double>();
  return c;
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
      .def_readonly("distance", &Certificate::distance, "W_p of the plan.")
      .def_readonly("cost_rounding", &Certificate::cost_rounding, "What a cost is right to, relative to itself.")
      .def(py::pickle(&to_fields, &from_fields))
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
  module.def("solve_many", &solve_batch, "brenier::solve_many; the fields of each solution by name.");
  module.def("certify", &certify_plan, "brenier::certify.");
  module.def("wasserstein_many", &distances_of_batch, "The distances of brenier::solve_many, all proven.");
  module.def("solve_cost_matrix", &solve_table, "brenier::solve_cost_matrix; the fields of the solution by name.");
}

}  // namespace brenier::python
