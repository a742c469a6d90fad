#include "flow_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "command.hpp"
#include "report.hpp"

namespace brenier::cli {
namespace {

/// Colours that the colour-blind can tell apart (Okabe & Ito 2008); shapes differ too.
constexpr const char* black = "#000000";
constexpr const char* blue = "#0072B2";
constexpr const char* orange = "#E69F00";
constexpr const char* vermilion = "#D55E00";
constexpr const char* green = "#009E73";
constexpr const char* grey = "#AAAAAA";

constexpr const char* common =
    "set encoding utf8\n"
    "set border linewidth 0.8\n"
    "set tics nomirror out\n"
    "set key opaque box linecolor rgb '#CCCCCC'\n";

/// A named block of numbers for `plot`.
std::string block(const std::string& name, const std::function<void(std::string&)>& fill) {
  std::string text = "$" + name + " << END\n";
  fill(text);
  return text + "END\n";
}

std::string points_block(const std::string& name, const Points& points) {
  return block(name, [&](std::string& text) {
    for (Index i = 0; i < points.rows(); ++i) text += digits(points(i, 0)) + " " + digits(points(i, 1)) + "\n";
  });
}

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
  const auto line = [](const char* colour, int dash, double width) {
    return std::string("with lines linecolor rgb '") + colour + "' dashtype " + std::to_string(dash) + " linewidth " +
           digits(width);
  };
  const auto marks = [](const char* colour, int shape, double size) {
    return std::string("with points pointtype ") + std::to_string(shape) + " pointsize " + digits(size) +
           " linewidth 1.5 linecolor rgb '" + colour + "'";
  };
  std::vector<Curve> result;
  if (facts.order == 2 && records.front().w2) {
    const double start = *records.front().w2;
    result.push_back({"limit", "W_2(0) e^{-t}", line(black, 2, 1.5),
                      [start](const FlowRecord& at) { return std::optional<double>(std::exp(-at.time) * start); }});
  }
  const char* theory = facts.order == 2 ? "W_2(0) (1-ε)^n" : "Σ a_i(d_i-nε)^+";
  result.push_back({"predicted", theory, line(orange, 1, 3.0), [](const FlowRecord& at) { return at.predicted; }});
  result.push_back({"W1", "measured W_1", marks(blue, 9, 0.8), [](const FlowRecord& at) { return at.w1; }, 0.5});
  result.push_back({"W2", "measured W_2", marks(vermilion, 6, 1.1), [](const FlowRecord& at) { return at.w2; }, 0.0});
  return result;
}

/// The step of about four labels on an axis from 0 to `end`: 1, 2 or 5 times a power of ten.
double label_step(double end) {
  const double power = std::pow(10.0, std::floor(std::log10(end / 4.0)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (4.0 * factor * power >= 0.8 * end) return factor * power;
  }
  return 10.0 * power;
}

/// Thins out the marks of a curve to about 20, those of two curves beside each other.
std::string every(const Curve& curve, Index values) {
  const Index stride = values / 20;
  if (stride < 2 || curve.first_mark < 0.0) return "";
  const auto first = static_cast<Index>(curve.first_mark * static_cast<double>(stride));
  return " every " + std::to_string(stride) + "::" + std::to_string(first);
}

}  // namespace

std::string particles_script(const FlowFacts& facts, const FlowRecord& last, const Points& first_places,
                             const Points& last_places, const Points& target) {
  std::string text = common;
  const Index dimension = target.cols();
  const std::string of = dimension > 2 ? " of " + std::to_string(dimension) : "";
  text += "set title '" + flow_title(facts) + ": step " + std::to_string(last.step) + ", t = " + digits(last.time, 6) +
          "'\n"
          "set xlabel 'coordinate 1" +
          of + "'\nset ylabel 'coordinate 2" + of +
          "'\n"
          "set size ratio -1\n"
          "set offsets graph 0.03, graph 0.03, graph 0.03, graph 0.03\n"
          "set autoscale noextend\n"
          "set key tmargin center horizontal samplen 2 width 1\n";
  text +=
      points_block("target", target) + points_block("source", first_places) + points_block("particles", last_places);
  text += block("ways", [&](std::string& rows) {
    for (Index i = 0; i < first_places.rows(); ++i) {
      for (const Index k : {0, 1}) rows += digits(first_places(i, k)) + " ";
      for (const Index k : {0, 1}) rows += digits(last_places(i, k) - first_places(i, k)) + " ";
      rows += "\n";
    }
  });
  const auto points = [](const char* name, int shape, double size, const char* colour, const std::string& title) {
    return std::string("$") + name + " with points pointtype " + std::to_string(shape) + " pointsize " + digits(size) +
           " linecolor rgb '" + colour + "' title '" + title + "'";
  };
  return text + "plot $ways with vectors head size graph 0.010,15 filled linewidth 0.4 linecolor rgb '" + grey +
         "' title 'way of a particle', \\\n" + points("target", 6, 0.8, green, "target") + ", \\\n" +
         points("source", 2, 0.45, blue, "particles at step 0") + ", \\\n" +
         points("particles", 7, 0.35, vermilion, "at step " + std::to_string(last.step)) + "\n";
}

std::string distances_script(const FlowFacts& facts, const std::vector<FlowRecord>& records) {
  std::string text = common;
  std::string plot_time, plot_seconds;
  for (const Curve& curve : curves(facts, records)) {
    Index values = 0;
    const std::string data = block(curve.name, [&](std::string& rows) {
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
