#include "plots/flow_figures.hpp"

#include <cmath>
#include <functional>
#include <optional>

#include "options/command.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

std::string flow_title(const FlowFacts& facts) {
  return "flow of order " + std::to_string(facts.order) + ", ε = " + digits(facts.step, 6);
}

/// One curve: its name, how it is drawn, and its value at a step, if there is one.
struct Curve {
  std::string name;
  std::string title;
  std::string style;
  std::function<std::optional<double>(const FlowRecord&)> value;
  double first_mark = -1.0;  ///< Part of the way between two marks where the first one is; below 0 for a line.
};

std::vector<Curve> curves(const FlowFacts& facts, const std::vector<FlowRecord>& records) {
  std::vector<Curve> result;
  if (facts.order == 2 && records.front().w2) {
    const double start = *records.front().w2;
    result.push_back({"limit", "W_2(0) e^{-t}", lines(colour::black, 2, 1.5),
                      [start](const FlowRecord& at) { return std::optional<double>(std::exp(-at.time) * start); }});
  }
  const char* theory = facts.order == 2 ? "W_2(0) (1-ε)^n" : "Σ a_i(d_i-nε)^+";
  result.push_back(
      {"predicted", theory, lines(colour::orange, 1, 3.0), [](const FlowRecord& at) { return at.predicted; }});
  result.push_back(
      {"W1", "measured W_1", marks(colour::blue, 9, 0.8), [](const FlowRecord& at) { return at.w1; }, 0.5});
  result.push_back(
      {"W2", "measured W_2", marks(colour::vermilion, 6, 1.1), [](const FlowRecord& at) { return at.w2; }, 0.0});
  return result;
}

/// Thins out the marks of a curve to about 20, those of two curves beside each other.
std::string every(const Curve& curve, Index values) {
  const Index stride = values / 20;
  if (stride < 2 || curve.first_mark < 0.0) return "";
  const auto first = static_cast<Index>(curve.first_mark * static_cast<double>(stride));
  return " every " + std::to_string(stride) + "::" + std::to_string(first);
}

}  // namespace

ParticlesFigure flow_particles(const FlowFacts& facts, const FlowRecord& last) {
  const std::string step = std::to_string(last.step);
  return {flow_title(facts) + ": step " + step + ", t = " + digits(last.time, 6),
          "particles at step 0",
          "at step " + step,
          {},
          {},
          {}};
}

std::string distances_script(const FlowFacts& facts, const std::vector<FlowRecord>& records) {
  std::string text = script_head();
  std::string plot_time, plot_seconds;
  for (const Curve& curve : curves(facts, records)) {
    Index values = 0;
    const std::string data = data_block(curve.name, [&](std::string& rows) {
      for (const FlowRecord& record : records) {
        const std::optional<double> value = curve.value(record);
        if (!value || !(*value > 0.0)) continue;  // A logarithm has no place for an end at 0.
        rows += digits(record.time) + " " + digits(record.seconds) + " " + digits(*value) + "\n";
        ++values;
      }
    });
    if (values == 0) continue;
    text += data;
    const auto add = [&](std::string& plot, const char* columns, const std::string& title) {
      plot += (plot.empty() ? "plot $" : ", \\\n  $") + curve.name + every(curve, values) + " using " + columns + " " +
              curve.style + " " + title;
    };
    add(plot_time, "1:3", "title '" + curve.title + "'");
    add(plot_seconds, "2:3", "notitle");
  }
  if (plot_time.empty()) throw UsageError("--distances: all are 0 or unknown, expected some on a logarithmic scale");
  text += "set multiplot layout 1,2 title '" + flow_title(facts) +
          ": distance to the target'\n"
          "set logscale y\n"
          "set format y '10^{%T}'\n"
          "set format x '%g'\n"
          "set xrange [0:*]\n"
          "set grid ytics linecolor rgb '#DDDDDD' linetype 1\n"
          "set key bottom left Left reverse samplen 3\n"
          "set ylabel 'distance'\n"
          "set xlabel 'time t = nε'\n";
  text += plot_time + "\nunset key\nset xlabel 'wall-clock time in seconds'\n";
  const double seconds = records.back().seconds;
  if (seconds > 0.0) text += "set xtics " + digits(label_step(seconds), 3) + "\n";
  return text + plot_seconds + "\nunset multiplot\n";
}

}  // namespace brenier::cli
