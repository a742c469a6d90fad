#pragma once

#include <string>
#include <vector>

namespace brenier::cli {

/// Formats of a figure, chosen by the extension: .svg, .png or .pdf.
/// @returns gnuplot's terminal for the format, at that size in pixels (of 1/100 inch in a .pdf).
/// @throws UsageError naming the option when the extension is another one.
std::string terminal_for(const std::string& option, const std::string& file, int width, int height);

/// What gnuplot draws for the script. No shell takes part.
/// @throws UsageError when gnuplot is not installed, Failure when it ends with an error or draws nothing.
std::string run_gnuplot(const std::string& script);

/// A figure that is to be drawn into a file.
struct FigureFile {
  std::string file;
  std::string terminal;  ///< As `terminal_for` gives it.
  std::string script;
};

/// Draws all, then writes all and prints their names: where one cannot be drawn, none is written.
/// @throws as `run_gnuplot`, FileError
void draw_figures(const std::vector<FigureFile>& figures);

}  // namespace brenier::cli
