#include <memory>
#include <string>
#include <utility>

#include "core/arrays.hpp"
#include "core/core.hpp"
#include "core/interruptible.hpp"

namespace brenier::python {
namespace {

Displacement to_displacement(const std::string& name) {
  for (const Displacement kind : {Displacement::matching, Displacement::split, Displacement::barycentric}) {
    if (to_string(kind) == name) return kind;
  }
  throw std::invalid_argument("displacement: is " + name + ", expected matching, split or barycentric");
}

Resolve to_resolve(const std::string& name) {
  if (name == "warm") return Resolve::warm;
  if (name == "cold") return Resolve::cold;
  throw std::invalid_argument("resolve: is " + name + ", expected warm or cold");
}

py::tuple from_measure(const DiscreteMeasure& measure) { return py::make_tuple(measure.points(), measure.weights()); }

std::unique_ptr<Geodesic> make_geodesic(const py::object& x, const py::object& a, const py::object& y,
                                        const py::tuple& entries, const std::string& displacement) {
  const DiscreteMeasure source = to_measure(x, a, "x", "a"), target = to_measure(y, py::none(), "y", "b");
  return std::make_unique<Geodesic>(source, target, to_plan(entries, source.size(), target.size()),
                                    to_displacement(displacement));
}

/// An EulerFlow whose steps Ctrl-C can end.
class Flow {
 public:
  Flow(const DiscreteMeasure& particles, DiscreteMeasure target, FlowOptions options, Points passengers)
      : flow_(particles, std::move(target), with_monitor(std::move(options)), std::move(passengers)) {}

  void start() { proceed(&EulerFlow::start); }
  void step() { proceed(&EulerFlow::step); }

  py::dict state() const {
    const FlowState& state = flow_.state();
    py::dict fields;
    fields["step"] = state.record.step;
    fields["time"] = state.record.time;
    fields["w1"] = state.record.w1;
    fields["w2"] = state.record.w2;
    fields["loss"] = state.record.loss;
    fields["velocity_norm"] = state.record.velocity_norm;
    fields["predicted"] = state.record.predicted;
    fields["relative_gap"] = state.record.relative_gap;
    fields["seconds"] = state.record.seconds;
    fields["particles"] = state.particles;
    fields["weights"] = state.weights;
    fields["identity"] = from_indices(state.identity);
    fields["images"] = state.images;
    fields["passengers"] = state.passengers;
    return fields;
  }

 private:
  FlowOptions with_monitor(FlowOptions options) {
    options.monitor = &monitor_;
    return options;
  }

  void proceed(Termination (EulerFlow::*advance)()) {
    const Termination termination =
        interruptible(monitor_, [&](Monitor&) { return naming_points("x, y", [&] { return (flow_.*advance)(); }); });
    if (termination.reason != Termination::Reason::optimal) throw NotProven(termination);
  }

  SignalMonitor monitor_;
  EulerFlow flow_;
};

std::unique_ptr<Flow> make_flow(const py::object& x, const py::object& y, const py::object& a, const py::object& b,
                                double step, int order, bool clip, const std::string& resolve,
                                const std::string& displacement, bool both_distances, const py::object& passengers,
                                Index minibatch, std::uint64_t seed, int threads) {
  FlowOptions options;
  options.order = order;
  options.step = step;
  options.clip = clip;
  options.resolve = to_resolve(resolve);
  options.displacement = to_displacement(displacement);
  options.both_distances = both_distances;
  options.threads = threads;
  if (minibatch > 0) {
    options.minibatch.emplace();
    options.minibatch->targets = minibatch;
    options.minibatch->seed = seed;
  }
  return std::make_unique<Flow>(to_measure(x, a, "x", "a"), to_measure(y, b, "y", "b"), std::move(options),
                                passengers.is_none() ? Points() : to_points(passengers, "passengers"));
}

}  // namespace

void bind_flow(py::module_& module) {
  py::class_<Geodesic>(module, "Geodesic")
      .def(py::init(&make_geodesic))
      .def("at", [](const Geodesic& self, double s) { return from_measure(self.at(s)); })
      .def("at_time", [](const Geodesic& self, double t) { return from_measure(self.at_time(t)); })
      .def_property_readonly("identity", [](const Geodesic& self) { return from_indices(self.identity()); });
  py::class_<Flow>(module, "EulerFlow")
      .def(py::init(&make_flow))
      .def("start", &Flow::start)
      .def("step", &Flow::step)
      .def("state", &Flow::state);
}

}  // namespace brenier::python
