#include <iostream>
#include <nlohmann/json.hpp>

#include "arguments.hpp"
#include "brenier/io.hpp"
#include "command.hpp"
#include "files.hpp"
#include "flow_figures.hpp"
#include "flow_folder.hpp"
#include "gnuplot.hpp"
#include "option_values.hpp"

namespace brenier::cli {
namespace {

struct PlotRequest {
  std::string folder;
  std::string particles;
  std::string distances;
};

/// What run.json says of the flow in the folder.
/// @throws UsageError when it holds no flow, FileError when run.json is damaged.
FlowFacts read_facts(const FlowFolder& folder, const std::string& name) {
  const std::optional<std::string> run = folder.run();
  if (!run) throw UsageError("DIR " + name + ": there is no run.json in it, expected the folder of a brenier flow");
  const auto json = nlohmann::json::parse(*run, nullptr, false);
  const std::string file = folder.path("run.json");
  if (!json.is_object()) throw FileError(file + ": found no JSON object, expected what brenier flow wrote");
  const std::string command = json.value("command", "");
  if (command != "flow") {
    throw UsageError("DIR " + name + ": " + file + " is of brenier " + command + ", expected brenier flow");
  }
  if (!json.contains("order") || !json["order"].is_number_integer() || !json.contains("step") ||
      !json["step"].is_number()) {
    throw FileError(file + ": order and step are missing, expected what brenier flow wrote");
  }
  return {json["order"].get<int>(), json["step"].get<double>()};
}

std::string particles_figure(const FlowFacts& facts, const FlowFolder& folder, const std::vector<FlowRecord>& records) {
  const std::vector<Index> steps = folder.snapshots();
  if (steps.empty()) throw FileError(folder.path(numbered("particles", 0)) + ": is missing, expected snapshots");
  const Points first = read_measure(folder.path(numbered("particles", steps.front()))).points();
  const Points last = read_measure(folder.path(numbered("particles", steps.back()))).points();
  const Points target = read_measure(folder.path("target.npz")).points();
  if (first.rows() != last.rows() || first.cols() != last.cols() || first.cols() != target.cols()) {
    throw FileError(folder.path(numbered("particles", steps.back())) +
                    ": does not fit the first snapshot and the target");
  }
  if (target.cols() < 2) {
    throw UsageError("--particles: the flow is in 1 dimension, expected 2 or more for a figure of its particles");
  }
  for (const FlowRecord& record : records) {
    if (record.step == steps.back()) return particles_script(facts, record, first, last, target);
  }
  throw FileError(folder.path("flow.csv") + ": has no row of step " + std::to_string(steps.back()));
}

/// A figure, drawn, and where it goes.
struct Figure {
  std::string file;
  std::string content;
};

Figure draw(const std::string& file, const std::string& terminal, const std::string& script) {
  return {file, run_gnuplot("set terminal " + terminal + "\n" + script)};
}

}  // namespace

int run_plot(const std::vector<std::string>& words) {
  PlotRequest request;
  Arguments arguments("plot",
                      "Draws the run of brenier flow in DIR with gnuplot; the extension chooses the format: .svg, .png "
                      "or .pdf.");
  arguments.positional("DIR", request.folder, "folder that brenier flow wrote");
  arguments.option("particles", "FILE", text(request.particles),
                   "particles at the first and last snapshot, the target, an arrow for the way of each particle");
  arguments.option("distances", "FILE", text(request.distances),
                   "W1 and W2 against t and against wall-clock time, with what theory predicts");
  arguments.note("Without an option both are drawn, into DIR/particles.svg and DIR/distances.svg.\n");
  if (!arguments.parse(words)) return exit_done;

  const FlowFolder folder(request.folder);
  const FlowFacts facts = read_facts(folder, request.folder);
  if (request.particles.empty() && request.distances.empty()) {
    request.particles = folder.path("particles.svg");
    request.distances = folder.path("distances.svg");
  }
  std::string particles_terminal, distances_terminal;
  if (!request.particles.empty()) particles_terminal = terminal_for("particles", request.particles, 720, 760);
  if (!request.distances.empty()) distances_terminal = terminal_for("distances", request.distances, 960, 440);
  check_outputs({{"--particles", request.particles}, {"--distances", request.distances}}, {});

  const std::vector<FlowRecord> records = folder.records();
  std::vector<Figure> figures;
  if (!request.particles.empty()) {
    figures.push_back(draw(request.particles, particles_terminal, particles_figure(facts, folder, records)));
  }
  if (!request.distances.empty()) {
    figures.push_back(draw(request.distances, distances_terminal, distances_script(facts, records)));
  }
  // Not sooner: where one cannot be drawn, none is written.
  for (const Figure& figure : figures) {
    write_file_atomically(figure.file, figure.content);
    std::cout << figure.file << '\n';
  }
  return exit_done;
}

}  // namespace brenier::cli
