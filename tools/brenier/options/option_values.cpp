#include "options/option_values.hpp"

#include <cmath>

namespace brenier::cli {

double parse_real_number(const std::string& typed, Range range) {
  double parsed = 0.0;
  const char* end = typed.data() + typed.size();
  const auto [stop, error] = std::from_chars(typed.data(), end, parsed);
  const bool in_range = range == Range::positive ? parsed > 0.0 : parsed >= 0.0;
  if (error != std::errc() || stop != end || !std::isfinite(parsed) || !in_range) {
    throw std::invalid_argument(range == Range::positive ? "expected a number above 0"
                                                         : "expected a number that is at least 0");
  }
  return parsed;
}

Setter byte_size(double& value) {
  return [&value](const std::string& typed) {
    const std::string units = "KMGT";
    const std::size_t unit = typed.empty() ? std::string::npos : units.find(typed.back());
    const std::string number = unit == std::string::npos ? typed : typed.substr(0, typed.size() - 1);
    try {
      value = parse_real_number(number, Range::positive);
    } catch (const std::invalid_argument&) {
      throw std::invalid_argument("expected a size above 0 such as 8G, 500M or a number of bytes");
    }
    if (unit != std::string::npos) value = std::ldexp(value, 10 * static_cast<int>(unit + 1));
  };
}

void add_order(Arguments& arguments, int& order) {
  arguments.option("order", "P", one_of<int>(order, {{"1", 1}, {"2", 2}}),
                   "1: W1, cost |x-y|; 2: W2, cost |x-y|^2 / 2 (default 2)");
}

void add_normalize(Arguments& arguments, bool& normalize) {
  arguments.flag("normalize", normalize, "scale both clouds to mass 1; without it their masses must agree");
}

void add_threads(Arguments& arguments, int& threads) {
  constexpr int most = 1024;  // More than this only breaks the thread library.
  arguments.option("threads", "N", whole_number(threads, 1, most),
                   "threads; the result does not depend on them (default: one a core)");
}

void add_verify(Arguments& arguments, bool& verify) {
  arguments.flag("verify", verify,
                 "let the certificate look at all pairs one by one, as it does anyway up to 10^8 of them");
}

void add_json(Arguments& arguments, std::string& file) {
  arguments.option("json", "FILE", text(file), "write the figures as JSON; - prints them in place of the summary");
}

void add_displacement(Arguments& arguments, Displacement& displacement) {
  arguments.option("displacement", "HOW",
                   one_of<Displacement>(displacement, {{"matching", Displacement::matching},
                                                       {"split", Displacement::split},
                                                       {"barycentric", Displacement::barycentric}}),
                   "where the plan sends one point to several: matching refuses it, split cuts the particles along the "
                   "plan, barycentric moves each to the mean of its targets (default)");
}

}  // namespace brenier::cli
