#include <memory>

#include "core/arrays.hpp"
#include "core/core.hpp"
#include "core/interruptible.hpp"

namespace brenier::python {
namespace {

std::unique_ptr<Potential> make_potential(const py::object& targets, const py::object& psi, int order) {
  return std::make_unique<Potential>(order, to_points(targets, "targets"), to_vector(psi, "psi"));
}

/// A method of Potential on points from Python, without the interpreter.
template <typename Result>
auto at_points(Result (Potential::*method)(const Points&) const) {
  return [method](const Potential& self, const py::object& x) {
    const Points points = to_points(x, "x");
    const py::gil_scoped_release release;
    return (self.*method)(points);
  };
}

/// A solution of which only what gradients read is filled in.
struct Answer {
  DiscreteMeasure source, target;
  Solution solution;
};

Answer to_answer(int order, const py::object& x, const py::object& y, const py::tuple& entries, const py::object& psi) {
  Answer answer{to_measure(x, py::none(), "x", "a"), to_measure(y, py::none(), "y", "b"), {}};
  answer.solution.order = order;
  answer.solution.plan = to_plan(entries, answer.source.size(), answer.target.size());
  answer.solution.potentials.psi = to_vector(psi, "psi");
  return answer;
}

py::tuple power_gradient(int order, const py::object& x, const py::object& y, const py::tuple& entries) {
  const DiscreteMeasure source = to_measure(x, py::none(), "x", "a"), target = to_measure(y, py::none(), "y", "b");
  const PointGradient gradient =
      wasserstein_power_gradient(order, source, target, to_plan(entries, source.size(), target.size()));
  return py::make_tuple(gradient.source, gradient.target);
}

}  // namespace

void bind_potential(py::module_& module) {
  py::class_<Potential>(module, "Potential",
                        "The Kantorovich potential at any point: phi(x) = min_j c(x, y_j) - psi_j.")
      .def(py::init(&make_potential), py::arg("targets"), py::arg("psi"), py::arg("order") = 2)
      .def("value", at_points(&Potential::value), py::arg("x"), "phi at each row of x.")
      .def("gradient", at_points(&Potential::gradient), py::arg("x"),
           "grad phi at each row of x: x - T(x) for order 2, its direction for order 1.")
      .def("map", at_points(&Potential::map), py::arg("x"), "T(x), the target that attains phi(x), for each row of x.");
  module.def("power_gradient", &power_gradient);
  module.def(
      "c_transform",
      [](const py::object& points, const py::object& psi, const py::object& at, int order, int threads) {
        const Points targets = to_points(points, "y"), queries = to_points(at, "x");
        const Vector potential = to_vector(psi, "psi");
        CTransform found;
        {
          const py::gil_scoped_release release;
          found = c_transform(order, targets, potential, queries, threads);
        }
        return py::make_tuple(
            found.value, py::array_t<Index>(static_cast<py::ssize_t>(found.minimizer.size()), found.minimizer.data()));
      },
      "brenier::c_transform: values and minimizers.");
  module.def("transport_map",
             [](int order, const py::object& x, const py::object& y, const py::tuple& entries, const py::object& psi) {
               const Answer answer = to_answer(order, x, y, entries, psi);
               return transport_map(answer.source, answer.target, answer.solution);
             });
  module.def("potential_gradient",
             [](int order, const py::object& x, const py::object& y, const py::tuple& entries, const py::object& psi) {
               const Answer answer = to_answer(order, x, y, entries, psi);
               return potential_gradient(answer.source, answer.target, answer.solution);
             });
}

}  // namespace brenier::python
