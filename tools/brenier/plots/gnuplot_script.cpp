#include "plots/gnuplot_script.hpp"

#include <cmath>

#include "reports/report.hpp"

namespace brenier::cli {
namespace {

std::string points_block(const std::string& name, const Points& points) {
  return data_block(name, [&](std::string& text) {
    for (Index i = 0; i < points.rows(); ++i) text += digits(points(i, 0)) + " " + digits(points(i, 1)) + "\n";
  });
}

}  // namespace

std::string script_head() {
  return "set encoding utf8\n"
         "set border linewidth 0.8\n"
         "set tics nomirror out\n"
         "set key opaque box linecolor rgb '#CCCCCC'\n";
}

std::string data_block(const std::string& name, const std::function<void(std::string&)>& fill) {
  std::string text = "$" + name + " << END\n";
  fill(text);
  return text + "END\n";
}

std::string lines(const char* colour, int dash, double width) {
  return std::string("with lines linecolor rgb '") + colour + "' dashtype " + std::to_string(dash) + " linewidth " +
         digits(width);
}

std::string marks(const char* colour, int shape, double size) {
  return std::string("with points pointtype ") + std::to_string(shape) + " pointsize " + digits(size) +
         " linewidth 1.5 linecolor rgb '" + colour + "'";
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) result += letter == '\'' ? std::string("''") : std::string(1, letter);
  return result + "'";
}

double label_step(double end) {
  const double power = std::pow(10.0, std::floor(std::log10(end / 4.0)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (4.0 * factor * power >= 0.8 * end) return factor * power;
  }
  return 10.0 * power;
}

std::string particles_script(const ParticlesFigure& figure) {
  const Index dimension = figure.target.cols();
  const std::string of = dimension > 2 ? " of " + std::to_string(dimension) : "";
  std::string text = script_head();
  text += "set title " + quoted(figure.title) + "\nset xlabel 'coordinate 1" + of + "'\nset ylabel 'coordinate 2" + of +
          "'\n"
          "set size ratio -1\n"
          "set offsets graph 0.03, graph 0.03, graph 0.03, graph 0.03\n"
          "set autoscale noextend\n"
          "set key tmargin center horizontal samplen 2 width 1\n";
  text += points_block("target", figure.target) + points_block("source", figure.first) +
          points_block("particles", figure.last);
  text += data_block("ways", [&](std::string& rows) {
    for (Index i = 0; i < figure.first.rows(); ++i) {
      for (const Index k : {0, 1}) rows += digits(figure.first(i, k)) + " ";
      for (const Index k : {0, 1}) rows += digits(figure.last(i, k) - figure.first(i, k)) + " ";
      rows += "\n";
    }
  });
  const auto points = [](const char* name, int shape, double size, const char* colour, const std::string& title) {
    return std::string("$") + name + " with points pointtype " + std::to_string(shape) + " pointsize " + digits(size) +
           " linecolor rgb '" + colour + "' title " + quoted(title);
  };
  return text + "plot $ways with vectors head size graph 0.010,15 filled linewidth 0.4 linecolor rgb '" + colour::grey +
         "' title 'way of a particle', \\\n" + points("target", 6, 0.8, colour::green, "target") + ", \\\n" +
         points("source", 2, 0.45, colour::blue, figure.first_name) + ", \\\n" +
         points("particles", 7, 0.35, colour::vermilion, figure.last_name) + "\n";
}

}  // namespace brenier::cli
