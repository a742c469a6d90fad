#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "brenier/io.hpp"
#include "io/arrays/npz.hpp"
#include "io/failure.hpp"
#include "io/formats.hpp"
#include "io/output.hpp"

namespace brenier {
namespace {

using Arrays = std::vector<io::NamedBytes>;

/// Arrays without an entry are left out of the archive.
template <typename Array>
void add(Arrays& arrays, const char* name, const Array& values) {
  if (values.size() > 0) arrays.push_back({name, io::npy_bytes(values)});
}

void require_archive(const std::string& name) {
  if (!io::is_archive_to_write(name)) io::fail(name, "the state of a flow is written as .npz");
}

/// One of the optional numbers of a record is NaN where it is missing.
double or_nan(const std::optional<double>& value) { return value.value_or(std::numeric_limits<double>::quiet_NaN()); }

std::optional<double> unless_nan(double value) { return std::isnan(value) ? std::nullopt : std::optional(value); }

Vector to_vector(const FlowRecord& record) {
  Vector values(8);
  values << static_cast<double>(record.step), record.time, or_nan(record.w1), or_nan(record.w2), record.loss,
      record.velocity_norm, or_nan(record.predicted), record.relative_gap;
  return values;
}

/// Reads the arrays of a state; one that is not there has no entry.
class StateReader {
 public:
  explicit StateReader(const io::Input& input) : file_(input.name), archive_(input) {}

  Points points(const char* name) const {
    if (!archive_.contains(name)) return {};
    Points values = archive_.read(name).values;
    if (!values.allFinite()) io::fail(file_, name, "a coordinate that is not finite", "finite numbers");
    return values;
  }

  Vector vector(const char* name, Index size = -1) const {
    return archive_.contains(name) ? Vector(archive_.read_vector(name, size).values.col(0)) : Vector();
  }

  /// Whole numbers from 0 to limit − 1.
  std::vector<Index> indices(const char* name, Index limit, Index size) const {
    std::vector<Index> result;
    for (const double value : vector(name, size)) {
      if (!(value >= 0.0 && value < static_cast<double>(limit) && value == std::floor(value))) {
        io::fail(file_, name, std::to_string(value), "indices from 0 to " + std::to_string(limit - 1));
      }
      result.push_back(static_cast<Index>(value));
    }
    return result;
  }

  TransportPlan plan(Index sources, Index targets) const {
    TransportPlan plan{sources, targets, {}};
    const Vector mass = vector("plan_mass");
    const std::vector<Index> source = indices("plan_source", sources, mass.size());
    const std::vector<Index> target = indices("plan_target", targets, mass.size());
    if (source.size() != target.size() || static_cast<Index>(source.size()) != mass.size()) {
      io::fail(file_, "a plan whose arrays are not all there");
    }
    for (std::size_t k = 0; k < source.size(); ++k) {
      plan.entries.push_back({source[k], target[k], mass[static_cast<Index>(k)]});
    }
    return plan;
  }

  FlowRecord record() const {
    const Points values = archive_.read("record").values;
    if (values.rows() != 8 || values.cols() != 1) {
      io::fail(file_, "record", io::counted(static_cast<unsigned long long>(values.size()), "number"), "8");
    }
    const double step = values(0, 0);
    if (!(step >= 0.0 && step < 0x1p53 && step == std::floor(step))) {
      io::fail(file_, "record", std::to_string(step), "the number of a step");
    }
    FlowRecord record;
    record.step = static_cast<Index>(step);
    record.time = values(1, 0);
    record.w1 = unless_nan(values(2, 0));
    record.w2 = unless_nan(values(3, 0));
    record.loss = values(4, 0);
    record.velocity_norm = values(5, 0);
    record.predicted = unless_nan(values(6, 0));
    record.relative_gap = values(7, 0);
    return record;
  }

 private:
  const std::string& file_;
  io::NpzReader archive_;
};

}  // namespace

void write_flow_state(const std::string& name, const FlowState& state) {
  require_archive(name);
  std::vector<Index> source, target;
  Vector mass(static_cast<Index>(state.plan.entries.size()));
  for (const PlanEntry& entry : state.plan.entries) {
    mass[static_cast<Index>(source.size())] = entry.mass;
    source.push_back(entry.source);
    target.push_back(entry.target);
  }
  Arrays arrays;
  add(arrays, "record", to_vector(state.record));
  add(arrays, "particles", state.particles);
  add(arrays, "weights", state.weights);
  add(arrays, "identity", state.identity);
  add(arrays, "images", state.images);
  add(arrays, "passengers", state.passengers);
  add(arrays, "plan_source", source);
  add(arrays, "plan_target", target);
  add(arrays, "plan_mass", mass);
  add(arrays, "phi", state.potentials.phi);
  add(arrays, "psi", state.potentials.psi);
  add(arrays, "samples", state.samples);
  add(arrays, "first_lengths", state.first_lengths);
  io::write_output(name, io::npz_bytes(name, arrays));
}

FlowState read_flow_state(const std::string& name) {
  const io::Input input = io::read_input(name);
  const StateReader reader(input);
  constexpr Index any = Index{1} << 53;
  FlowState state;
  state.record = reader.record();
  state.particles = reader.points("particles");
  state.weights = reader.vector("weights", state.particles.rows());
  state.identity = reader.indices("identity", any, state.particles.rows());
  state.images = reader.points("images");
  state.passengers = reader.points("passengers");
  state.potentials = {reader.vector("phi"), reader.vector("psi")};
  state.samples = reader.points("samples");
  state.first_lengths = reader.vector("first_lengths");
  state.plan = reader.plan(state.particles.rows(), state.potentials.psi.size());
  return state;
}

void write_particles(const std::string& name, const FlowState& state) {
  require_archive(name);
  Arrays arrays;
  add(arrays, "points", state.particles);
  add(arrays, "weights", state.weights);
  add(arrays, "identity", state.identity);
  add(arrays, "passengers", state.passengers);
  io::write_output(name, io::npz_bytes(name, arrays));
}

}  // namespace brenier
