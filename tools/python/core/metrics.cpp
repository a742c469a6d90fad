#include "brenier/metrics.hpp"

#include <memory>
#include <string>

#include "core/arrays.hpp"
#include "core/core.hpp"
#include "core/interruptible.hpp"

namespace brenier::python {
namespace {

SolveOptions solving(int order, int threads, Monitor& monitor) {
  SolveOptions options;
  options.order = order;
  options.threads = threads;
  options.monitor = &monitor;
  return options;
}

std::vector<int> to_labels(const py::object& value, const std::string& name) {
  const py::array array(value);
  if (array.ndim() != 1) throw std::invalid_argument(name + ": expected one label a point");
  // Labels of any kind are compared by what they are, so they are numbered by the caller.
  const py::array_t<int, py::array::c_style | py::array::forcecast> numbers(array);
  return {numbers.data(), numbers.data() + numbers.size()};
}

Covariance to_covariance(const std::string& name) {
  if (name == "population") return Covariance::population;
  if (name == "unbiased") return Covariance::unbiased;
  throw std::invalid_argument("covariance: is " + name + ", expected population or unbiased");
}

void bind_moments(py::module_& module) {
  py::class_<GaussianMoments>(module, "GaussianMoments", "Mean and covariance: all that a Gaussian has.")
      .def(py::init([](const py::object& mean, const py::object& covariance) {
             return GaussianMoments(to_vector(mean, "mean"), to_points(covariance, "covariance"));
           }),
           py::arg("mean"), py::arg("covariance"))
      .def_static(
          "of",
          [](const py::object& points, const py::object& weights, const std::string& covariance) {
            return GaussianMoments(to_measure(points, weights, "points", "weights"), to_covariance(covariance));
          },
          py::arg("points"), py::arg("weights") = py::none(), py::arg("covariance") = "population",
          "Those of a cloud; covariance is population or unbiased (as numpy.cov).")
      .def_property_readonly("mean", [](const GaussianMoments& self) { return self.mean(); })
      .def_property_readonly("covariance", &GaussianMoments::covariance)
      .def_property_readonly("variance", &GaussianMoments::variance);
  module.def("frechet_distance", &frechet_distance);
  module.def("bures_wasserstein", &bures_wasserstein);
  module.def("bw2_uvp", &bw2_uvp);
  module.def("variance", [](const py::object& points, const py::object& weights) {
    return variance(to_measure(points, weights, "points", "weights"));
  });
}

void bind_map_quality(py::module_& module) {
  module.def("l2_uvp", [](const py::object& x, const py::object& mapped, const py::object& exact, double variance,
                          const py::object& a) {
    return l2_uvp(to_measure(x, a, "x", "a"), to_points(mapped, "mapped"), to_points(exact, "exact"), variance);
  });
  module.def("displacement_cosine", [](const py::object& x, const py::object& mapped, const py::object& exact,
                                       const py::object& a) {
    return displacement_cosine(to_measure(x, a, "x", "a"), to_points(mapped, "mapped"), to_points(exact, "exact"));
  });
  module.def("monge_gap", [](const py::object& x, const py::object& mapped, const py::object& a, int order,
                             int threads) {
    const DiscreteMeasure source = to_measure(x, a, "x", "a");
    const Points images = to_points(mapped, "mapped");
    const MongeGap gap = interruptible([&](Monitor& monitor) {
      return naming_points("x, mapped", [&] { return monge_gap(source, images, solving(order, threads, monitor)); });
    });
    return py::make_tuple(gap.value(), gap.mean_cost, gap.transport_cost);
  });
}

void bind_sample_metrics(py::module_& module) {
  module.def("sample_floor", [](const py::object& points, const py::object& weights, Index size, Index repeats,
                                std::uint64_t seed, int order, int threads) {
    const DiscreteMeasure target = to_measure(points, weights, "target", "weights");
    const SampleFloor floor = interruptible([&](Monitor& monitor) {
      const SampleFloorOptions options{size, repeats, seed, solving(order, threads, monitor)};
      return naming_points("target", [&] { return sample_floor(target, options); });
    });
    return py::make_tuple(floor.mean, floor.standard_deviation, floor.size, floor.values);
  });
  module.def("potential_quality",
             [](const py::object& x, const py::object& y, const py::object& phi, const py::object& psi,
                const py::object& a, const py::object& b, int order, int threads) {
               const DiscreteMeasure source = to_measure(x, a, "x", "a"), target = to_measure(y, b, "y", "b");
               const Potentials potentials{phi.is_none() ? Vector() : to_vector(phi, "phi"),
                                           psi.is_none() ? Vector() : to_vector(psi, "psi")};
               const PotentialQuality quality = interruptible([&](Monitor& monitor) {
                 const SolveOptions options = solving(order, threads, monitor);
                 return naming_points("x, y", [&] { return potential_quality(source, target, potentials, options); });
               });
               py::dict fields;
               fields["transport_cost"] = quality.transport_cost;
               fields["best_value"] = quality.best_value();
               fields["shortfall"] = quality.shortfall();
               fields["relative_shortfall"] = quality.relative_shortfall();
               fields["value_of_phi"] = quality.value_of_phi;
               fields["value_of_psi"] = quality.value_of_psi;
               fields["given_value"] = quality.given_value;
               fields["worst_violation"] = quality.worst_violation;
               return fields;
             });
  module.def("mode_shares", [](const py::object& points, const py::object& centres, double radius,
                               const py::object& weights, int threads) {
    const ModeShares shares =
        mode_shares(to_measure(points, weights, "points", "weights"), to_points(centres, "centres"), radius, threads);
    return py::make_tuple(from_indices(shares.count), shares.mass, from_indices(shares.close_count), shares.close_mass,
                          shares.covered());
  });
}

void bind_neighbours(py::module_& module) {
  module.def("nearest_neighbours", [](const py::object& points, const py::object& queries, int threads) {
    const NearestNeighbours nearest =
        nearest_neighbours(to_points(points, "points"), to_points(queries, "queries"), threads);
    return py::make_tuple(from_indices(nearest.index), nearest.distance);
  });
  module.def("nearest_neighbour_accuracy", [](const py::object& labelled, const py::object& labels,
                                              const py::object& unseen, const py::object& unseen_labels, int threads) {
    return nearest_neighbour_accuracy(to_points(labelled, "labelled"), to_labels(labels, "labels"),
                                      to_points(unseen, "unseen"), to_labels(unseen_labels, "unseen_labels"), threads);
  });
  module.def("two_sample_accuracy", [](const py::object& generated, const py::object& target, int threads) {
    const TwoSampleAccuracy accuracy =
        two_sample_accuracy(to_points(generated, "generated"), to_points(target, "target"), threads);
    return py::make_tuple(accuracy.overall(), accuracy.generated, accuracy.target);
  });
}

}  // namespace

void bind_metrics(py::module_& module) {
  bind_moments(module);
  bind_map_quality(module);
  bind_sample_metrics(module);
  bind_neighbours(module);
}

}  // namespace brenier::python
