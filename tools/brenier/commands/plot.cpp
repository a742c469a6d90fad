#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "options/arguments.hpp"
#include "options/command.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "plots/flow_figures.hpp"
#include "plots/gnuplot.hpp"
#include "plots/train_figures.hpp"
#include "runs/flow_folder.hpp"

namespace brenier::cli {
namespace {

struct PlotRequest {
  std::string folder;
  std::vector<std::string> more_folders;
  std::string particles;
  std::string distances;
  std::string accuracy;

  bool names_a_figure() const { return !particles.empty() || !distances.empty() || !accuracy.empty(); }
};

/// What is said of a run in its run.json.
struct RunFile {
  std::string name;
  std::string text;
  nlohmann::json json;
  std::string command;  ///< "flow" or "train".
};

/// @throws UsageError when the folder holds no run that can be drawn, FileError when run.json is damaged.
RunFile read_run(const std::string& folder) {
  RunFile run{(std::filesystem::path(folder) / "run.json").string(), "", {}, ""};
  std::error_code ignored;
  if (!std::filesystem::exists(run.name, ignored)) {
    throw UsageError("DIR " + folder + ": there is no run.json in it, expected the folder of a brenier flow or " +
                     "brenier train");
  }
  run.text = read_file(run.name);
  run.json = nlohmann::json::parse(run.text, nullptr, false);
  if (!run.json.is_object()) {
    throw FileError(run.name + ": found no JSON object, expected what brenier flow or brenier train wrote");
  }
  run.command = run.json.value("command", "");
  if (run.command != "flow" && run.command != "train") {
    throw UsageError("DIR " + folder + ": " + run.name + " is of brenier " + run.command +
                     ", expected brenier flow or brenier train");
  }
  return run;
}

FlowFacts flow_facts(const RunFile& run) {
  const nlohmann::json& json = run.json;
  if (!json.contains("order") || !json["order"].is_number_integer() || !json.contains("step") ||
      !json["step"].is_number()) {
    throw FileError(run.name + ": order and step are missing, expected what brenier flow wrote");
  }
  return {json["order"].get<int>(), json["step"].get<double>()};
}

/// The particles of the folder in these files.
ParticlesFigure with_points(ParticlesFigure figure, const std::string& first, const std::string& last,
                            const std::string& target) {
  figure.first = read_measure(first).points();
  figure.last = read_measure(last).points();
  figure.target = read_measure(target).points();
  const Index dimension = figure.target.cols();
  if (figure.first.rows() != figure.last.rows() || figure.first.cols() != figure.last.cols() ||
      figure.first.cols() != dimension) {
    throw FileError(last + ": does not fit the first snapshot and the target");
  }
  if (dimension < 2) {
    throw UsageError("--particles: the run is in 1 dimension, expected 2 or more for a figure of its particles");
  }
  return figure;
}

std::string flow_particles_script(const FlowFacts& facts, const FlowFolder& folder,
                                  const std::vector<FlowRecord>& records) {
  const std::vector<Index> steps = folder.snapshots();
  if (steps.empty()) throw FileError(folder.path(numbered("particles", 0)) + ": is missing, expected snapshots");
  for (const FlowRecord& record : records) {
    if (record.step != steps.back()) continue;
    return particles_script(with_points(flow_particles(facts, record),
                                        folder.path(numbered("particles", steps.front())),
                                        folder.path(numbered("particles", steps.back())), folder.path("target.npz")));
  }
  throw FileError(folder.path("flow.csv") + ": has no row of step " + std::to_string(steps.back()));
}

/// The arrows go from z to G(z) at the last snapshot.
std::string train_particles_script(const std::string& folder, const std::string& label) {
  const auto path = [&folder](const std::string& name) { return (std::filesystem::path(folder) / name).string(); };
  const std::vector<Index> iterations = snapshots(folder);
  if (iterations.empty()) throw FileError(path(numbered("particles", 0)) + ": is missing, expected snapshots");
  const std::string iteration = std::to_string(iterations.back());
  return particles_script(with_points({label + ", iteration " + iteration, "z", "G(z)", {}, {}, {}}, path("source.npz"),
                                      path(numbered("particles", iterations.back())), path("target.npz")));
}

/// Adds the figure unless it has no file.
void add_figure(std::vector<FigureFile>& figures, const std::string& option, const std::string& file, int width,
                int height, const std::function<std::string()>& script) {
  if (!file.empty()) figures.push_back({file, terminal_for(option, file, width, height), script()});
}

void plot_flow(PlotRequest request, const RunFile& run) {
  if (!request.more_folders.empty()) throw UsageError("DIR: a flow is drawn alone, expected one folder");
  if (!request.accuracy.empty()) throw UsageError("--accuracy: only for runs of brenier train");
  const FlowFolder folder(request.folder);
  const FlowFacts facts = flow_facts(run);
  if (!request.names_a_figure()) {
    request.particles = folder.path("particles.svg");
    request.distances = folder.path("distances.svg");
  }
  check_outputs({{"--particles", request.particles}, {"--distances", request.distances}}, {});
  const std::vector<FlowRecord> records = folder.records();
  std::vector<FigureFile> figures;
  add_figure(figures, "particles", request.particles, 720, 760,
             [&] { return flow_particles_script(facts, folder, records); });
  add_figure(figures, "distances", request.distances, 960, 440, [&] { return distances_script(facts, records); });
  draw_figures(figures);
}

void plot_training(PlotRequest request, const RunFile& run) {
  std::vector<TrainCurves> runs = {read_train_curves(request.folder, run.text)};
  for (const std::string& folder : request.more_folders) {
    const RunFile other = read_run(folder);
    if (other.command != "train") throw UsageError("DIR " + folder + ": is of a flow, which is drawn alone");
    runs.push_back(read_train_curves(folder, other.text));
  }
  const bool alone = runs.size() == 1;
  if (!request.names_a_figure()) {
    if (!alone) throw UsageError("--distances FILE or --accuracy FILE is missing, which several runs need");
    const FlowFolder folder(request.folder);
    request.distances = folder.path("distances.svg");
    if (run.json.value("dimension", 0) == 2) request.particles = folder.path("particles.svg");
    if (runs.front().column("accuracy").front()) request.accuracy = folder.path("accuracy.svg");
  }
  if (!request.particles.empty() && !alone) throw UsageError("--particles: expected one run");
  check_outputs(
      {{"--particles", request.particles}, {"--distances", request.distances}, {"--accuracy", request.accuracy}}, {});
  std::vector<FigureFile> figures;
  add_figure(figures, "particles", request.particles, 720, 760,
             [&] { return train_particles_script(request.folder, runs.front().label); });
  add_figure(figures, "distances", request.distances, 960, 760, [&] { return training_script(runs); });
  add_figure(figures, "accuracy", request.accuracy, 720, 480, [&] { return accuracy_script(runs); });
  draw_figures(figures);
}

}  // namespace

int run_plot(const std::vector<std::string>& words) {
  PlotRequest request;
  Arguments arguments(
      "plot",
      "Draws the run of brenier flow in DIR, or the runs of brenier train in all DIRs, with gnuplot; the "
      "extension\nchooses the format: .svg, .png or .pdf.");
  arguments.positional("DIR", request.folder, "folder that brenier flow or brenier train wrote");
  arguments.operands("DIR", request.more_folders, "further runs of brenier train, in the same figure");
  arguments.option(
      "particles", "FILE", text(request.particles),
      "particles at the first and last snapshot, the target, an arrow for the way of each particle; of one "
      "training: z and G(z)");
  arguments.option("distances", "FILE", text(request.distances),
                   "W1 and W2 against t and against wall-clock time, with what theory predicts; of trainings: against "
                   "iterations and seconds, with the floor");
  arguments.option("accuracy", "FILE", text(request.accuracy), "trainings: 1-NN accuracy against iterations");
  arguments.note(
      "Without an option, what there is is drawn into DIR/particles.svg, DIR/distances.svg, DIR/accuracy.svg.\n");
  if (!arguments.parse(words)) return exit_done;
  const RunFile run = read_run(request.folder);
  if (run.command == "flow") {
    plot_flow(request, run);
  } else {
    plot_training(request, run);
  }
  return exit_done;
}

}  // namespace brenier::cli
