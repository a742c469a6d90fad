#include "plots/train_figures.hpp"

#include <algorithm>
#include <array>

#include "options/command.hpp"
#include "plots/gnuplot_script.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

/// Colour, dash and name in the legend of a run; the name is empty where another run of its group has it.
struct Style {
  std::size_t group = 0;
  std::string name;

  std::string text() const {
    constexpr std::array<const char*, 7> colours = {colour::vermilion, colour::blue, colour::green, colour::orange,
                                                    colour::purple,    colour::sky,  colour::black};
    const int dash = 1 + static_cast<int>(group / colours.size());
    return lines(colours[group % colours.size()], dash, 1.2) + (name.empty() ? " notitle" : " title " + quoted(name));
  }
};

/// Runs of the same settings share a group. Where settings differ but labels do not, the folder tells them apart.
std::vector<Style> styles(const std::vector<TrainCurves>& runs) {
  std::vector<std::string> groups;
  std::vector<Style> result;
  for (const TrainCurves& run : runs) {
    const auto known = std::find(groups.begin(), groups.end(), run.settings);
    Style style{static_cast<std::size_t>(known - groups.begin()), ""};
    if (known == groups.end()) {
      groups.push_back(run.settings);
      const bool ambiguous = std::any_of(runs.begin(), runs.end(), [&](const TrainCurves& other) {
        return other.label == run.label && other.settings != run.settings;
      });
      style.name = run.label + (ambiguous ? " (" + run.folder + ")" : "");
    }
    result.push_back(style);
  }
  return result;
}

std::string block_name(std::size_t run) { return "run" + std::to_string(run); }

/// Iteration, seconds and the figures of these names; "?" where one is not known.
std::string run_block(std::size_t index, const TrainCurves& run, const std::vector<std::string>& names) {
  return data_block(block_name(index), [&](std::string& rows) {
    const std::size_t size = run.column("iteration").size();
    for (std::size_t i = 0; i < size; ++i) {
      for (const std::string& name : names) {
        const std::optional<double>& value = run.column(name)[i];
        rows += (value ? digits(*value) : "?") + " ";
      }
      rows += "\n";
    }
  });
}

/// One line of a `plot` a run.
std::string curve_list(const std::vector<Style>& style, const std::string& columns, bool with_names) {
  std::string text;
  for (std::size_t i = 0; i < style.size(); ++i) {
    const Style shown{style[i].group, with_names ? style[i].name : ""};
    text += (i == 0 ? "plot $" : ", \\\n  $") + block_name(i) + " using " + columns + " " + shown.text();
  }
  return text;
}

std::string floor_line(const std::vector<TrainCurves>& runs, const std::string& column, bool with_name) {
  for (const TrainCurves& run : runs) {
    if (const std::optional<double> floor = run.column(column).front()) {
      return ", \\\n  " + digits(*floor) + " " + lines(colour::grey, 2, 2.0) +
             (with_name ? " title 'floor'" : " notitle");
    }
  }
  return "";
}

/// A legend above all panels of the figure, and margins that leave the room for it.
std::string legend_above_panels(const std::vector<Style>& style) {
  constexpr std::size_t letters = 90;  // So many fit into a line, with a sample of each curve in the place of twelve.
  std::size_t names = 1, longest = 0;
  for (const Style& run : style) {
    names += run.name.empty() ? 0 : 1;
    longest = std::max(longest, run.name.size());
  }
  const std::size_t columns = std::max<std::size_t>(1, letters / (longest + 12));
  const std::size_t rows = (names + columns - 1) / columns;
  return "set multiplot layout 2,2 title 'exact distance of the generated points to the data' margins 0.1,0.97,0.09," +
         digits(0.94 - 0.027 * static_cast<double>(rows), 3) + " spacing 0.13,0.14\n" +
         "set key at screen 0.5,0.957 center top vertical maxrows " + std::to_string(rows) + " samplen 2\n";
}

/// The largest value of a column, over all runs.
double end_of(const std::vector<TrainCurves>& runs, const std::string& name) {
  double end = 0.0;
  for (const TrainCurves& run : runs) end = std::max(end, run.column(name).back().value_or(0.0));
  return end;
}

std::string x_axis(const std::vector<TrainCurves>& runs, const std::string& column, const std::string& label) {
  const double end = end_of(runs, column);
  return "set xlabel '" + label + "'\n" + (end > 0.0 ? "set xtics " + digits(label_step(end), 3) + "\n" : "");
}

}  // namespace

std::string training_script(const std::vector<TrainCurves>& runs) {
  const std::vector<Style> style = styles(runs);
  std::string text = script_head();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    text += run_block(i, runs[i], {"iteration", "training_seconds", "w1", "w2"});
  }
  text += "set datafile missing '?'\n" + legend_above_panels(style) +
          "set logscale y\n"
          "set autoscale yfix\n"
          "set offsets 0, 0, graph 0.03, graph 0.06\n"
          "set format x '%g'\n"
          "set xrange [0:*]\n"
          "set grid ytics mytics linecolor rgb '#DDDDDD' linetype 1\n";
  for (const int order : {2, 1}) {
    const std::string column = order == 2 ? "4" : "3", name = "w" + std::to_string(order);
    const bool names = order == 2;
    text += "set ylabel 'W_" + std::to_string(order) + "'\n" + x_axis(runs, "iteration", "iteration") +
            (names ? "set key on\n" : "unset key\n");
    text += curve_list(style, "1:" + column, names) + floor_line(runs, "floor_" + name, names) + "\nunset key\n";
    text += x_axis(runs, "training_seconds", "seconds of training, evaluation not counted");
    text += curve_list(style, "2:" + column, false) + floor_line(runs, "floor_" + name, false) + "\n";
  }
  return text + "unset multiplot\n";
}

std::string accuracy_script(const std::vector<TrainCurves>& runs) {
  const bool known = std::any_of(runs.begin(), runs.end(),
                                 [](const TrainCurves& run) { return run.column("accuracy").front().has_value(); });
  if (!known) throw UsageError("--accuracy: no run has an accuracy, expected one of brenier train --preset da");
  const std::vector<Style> style = styles(runs);
  std::string text = script_head();
  for (std::size_t i = 0; i < runs.size(); ++i) text += run_block(i, runs[i], {"iteration", "accuracy"});
  text +=
      "set datafile missing '?'\n"
      "set title '1-NN accuracy on the target, fitted on the carried source'\n"
      "set format x '%g'\n"
      "set xrange [0:*]\n"
      "set grid ytics linecolor rgb '#DDDDDD' linetype 1\n"
      "set key tmargin center horizontal samplen 2\n"
      "set ylabel 'accuracy'\n";
  return text + x_axis(runs, "iteration", "iteration") + curve_list(style, "1:2", true) + "\n";
}

}  // namespace brenier::cli
