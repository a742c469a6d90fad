#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "brenier/io.hpp"
#include "io/arrays/npz.hpp"
#include "io/failure.hpp"
#include "io/formats.hpp"
#include "io/output.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_table.hpp"

namespace brenier {
namespace {

constexpr const char* column_names[] = {"source", "target", "mass"};

/// The three columns of a plan as numbers, and where each number stands in the file.
struct PlanColumns {
  Vector source, target, mass;
  std::function<std::string(Index entry, int column)> place;
};

PlanColumns read_csv_columns(const io::Input& input) {
  io::TextTable table = io::parse_table(input);
  Index columns[3];
  for (int k = 0; k < 3; ++k) {
    columns[k] = table.column_named(input.name, column_names[k]);
    if (columns[k] < 0) {
      io::fail(input.name, "header", std::string("no column ") + column_names[k], "source,target,mass");
    }
  }
  const Eigen::Map<const Points> values(table.values.data(), table.rows(), table.columns);
  PlanColumns plan{values.col(columns[0]), values.col(columns[1]), values.col(columns[2]), {}};
  const Index source = columns[0], target = columns[1], mass = columns[2];
  plan.place = [table, source, target, mass](Index entry, int column) {
    return table.place(entry, column == 0 ? source : column == 1 ? target : mass);
  };
  return plan;
}

PlanColumns read_npz_columns(const io::Input& input) {
  const io::NpzReader archive(input);
  const io::NumberArray source = archive.read_vector("source", -1);
  const io::NumberArray target = archive.read_vector("target", source.values.rows());
  const io::NumberArray mass = archive.read_vector("mass", source.values.rows());
  PlanColumns plan{source.values.col(0), target.values.col(0), mass.values.col(0), {}};
  plan.place = [](Index entry, int column) {
    return std::string(column_names[column]) + "[" + std::to_string(entry) + "]";
  };
  return plan;
}

}  // namespace

void write_plan(const std::string& name, const TransportPlan& plan) {
  if (io::is_archive_to_write(name)) {
    std::vector<Index> source, target;
    Vector mass(static_cast<Index>(plan.entries.size()));
    for (const PlanEntry& entry : plan.entries) {
      mass[static_cast<Index>(source.size())] = entry.mass;
      source.push_back(entry.source);
      target.push_back(entry.target);
    }
    const std::vector<io::NamedBytes> arrays = {
        {"source", io::npy_bytes(source)}, {"target", io::npy_bytes(target)}, {"mass", io::npy_bytes(mass)}};
    return io::write_output(name, io::npz_bytes(name, arrays));
  }
  std::string text = "source,target,mass\n";
  for (const PlanEntry& entry : plan.entries) {
    io::append_number(text, static_cast<long long>(entry.source));
    text += ',';
    io::append_number(text, static_cast<long long>(entry.target));
    text += ',';
    io::append_number(text, entry.mass);
    text += '\n';
  }
  io::write_output(name, text);
}

TransportPlan read_plan(const std::string& name, Index sources, Index targets) {
  const bool archive = io::is_archive_to_read(name);
  const io::Input input = io::read_input(name);
  const PlanColumns columns = archive ? read_npz_columns(input) : read_csv_columns(input);
  const auto check_index = [&](Index entry, int column, double value, Index size) {
    if (value >= 0 && value < static_cast<double>(size) && value == std::floor(value)) return;
    io::fail(input.name, columns.place(entry, column), io::number_text(value),
             std::string("a ") + column_names[column] + ": an integer from 0 to " + std::to_string(size - 1));
  };

  TransportPlan plan{sources, targets, {}};
  for (Index entry = 0; entry < columns.mass.size(); ++entry) {
    check_index(entry, 0, columns.source[entry], sources);
    check_index(entry, 1, columns.target[entry], targets);
    const double mass = columns.mass[entry];
    if (mass < 0) io::fail(input.name, columns.place(entry, 2), io::number_text(mass), "a mass that is not negative");
    if (mass == 0) continue;
    plan.entries.push_back(
        {static_cast<Index>(columns.source[entry]), static_cast<Index>(columns.target[entry]), mass});
  }
  const auto pair_of = [](const PlanEntry& entry) { return std::tie(entry.source, entry.target); };
  std::sort(plan.entries.begin(), plan.entries.end(),
            [&](const PlanEntry& a, const PlanEntry& b) { return pair_of(a) < pair_of(b); });
  const auto twice =
      std::adjacent_find(plan.entries.begin(), plan.entries.end(),
                         [&](const PlanEntry& a, const PlanEntry& b) { return pair_of(a) == pair_of(b); });
  if (twice != plan.entries.end()) {
    io::fail(input.name, "source " + std::to_string(twice->source) + ", target " + std::to_string(twice->target),
             "two entries", "one");
  }
  return plan;
}

}  // namespace brenier
