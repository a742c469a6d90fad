#pragma once

#include <functional>
#include <string>

#include "brenier/types.hpp"

namespace brenier::cli {

/// @name What the figures have in common.
/// @{

/// Colours that the colour-blind can tell apart (Okabe & Ito 2008); shapes or dashes differ too.
namespace colour {
inline constexpr const char* black = "#000000";
inline constexpr const char* blue = "#0072B2";
inline constexpr const char* orange = "#E69F00";
inline constexpr const char* vermilion = "#D55E00";
inline constexpr const char* green = "#009E73";
inline constexpr const char* purple = "#CC79A7";
inline constexpr const char* sky = "#56B4E9";
inline constexpr const char* grey = "#AAAAAA";
}  // namespace colour

/// Encoding, border, tics and key.
std::string script_head();

/// A named block of numbers for `plot`, its lines written by `fill`.
std::string data_block(const std::string& name, const std::function<void(std::string&)>& fill);

/// "with lines …".
std::string lines(const char* colour, int dash, double width);

/// "with points …".
std::string marks(const char* colour, int shape, double size);

/// A text that may hold anything as a string of gnuplot's, quotes included.
std::string quoted(const std::string& text);

/// The step of about four labels on an axis from 0 to `end`: 1, 2 or 5 times a power of ten.
double label_step(double end);
/// @}

/// Particles with the way that each has gone, and their target, in the first two coordinates.
struct ParticlesFigure {
  std::string title;
  std::string first_name, last_name;  ///< E.g. "particles at step 0" and "at step 40".
  Points first, last, target;
};

/// Its script, without terminal and output.
std::string particles_script(const ParticlesFigure& figure);

}  // namespace brenier::cli
