#include "reports/report.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>

#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "io/output.hpp"
#include "io/text/number_text.hpp"
#include "options/files.hpp"

namespace brenier::cli {

std::string digits(double value) { return io::number_text(value); }

std::string digits(double value, int significant) {
  char buffer[64];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, significant);
  return std::string(buffer, result.ptr);
}

std::string count(Index number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::ostream& operator<<(std::ostream& out, const Summary& summary) {
  std::size_t width = 0;
  for (const auto& [label, value] : summary.rows_) width = std::max(width, label.size());
  for (const auto& [label, value] : summary.rows_) {
    out << label << std::string(width - label.size() + 2, ' ') << value << '\n';
  }
  return out;
}

void add_certificate(Summary& summary, const Certificate& certificate) {
  summary.add("true distance", "between " + digits(certificate.distance_lower) + " and " +
                                   digits(certificate.distance_upper) + " (proven)");
  summary.add("primal cost", digits(certificate.primal));
  summary.add("dual cost", digits(certificate.dual));
  summary.add("relative gap", digits(certificate.relative_gap, 3));
  summary.add("worst violation", digits(certificate.max_violation, 3));
  summary.add("marginal residual", digits(certificate.marginal_residual, 3));
}

void add_certificate(JsonObject& json, const Instance& instance, const Certificate& certificate) {
  json.add("distance", certificate.distance);
  json.add("distance_lower", certificate.distance_lower);
  json.add("distance_upper", certificate.distance_upper);
  json.add("order", instance.order);
  json.add("primal", certificate.primal);
  json.add("dual", certificate.dual);
  json.add("lower_bound", certificate.lower_bound);
  json.add("upper_bound", certificate.upper_bound);
  json.add("relative_gap", certificate.relative_gap);
  json.add("max_violation", certificate.max_violation);
  json.add("marginal_residual", certificate.marginal_residual);
  if (certificate.mass_rounding) json.add("mass_rounding", *certificate.mass_rounding);
  json.add("cost_scale", certificate.cost_scale);
  json.add("sources", instance.sources);
  json.add("targets", instance.targets);
  json.add("dimension", instance.dimension);
}

std::string describe(const Instance& instance) {
  return std::to_string(instance.sources) + " x " + std::to_string(instance.targets) + " points in " +
         count(instance.dimension, "dimension");
}

std::string pairs(const Instance& instance) { return count(instance.sources * instance.targets, "pair"); }

void write_json(const std::string& name, const JsonObject& json) {
  if (name == "-") {
    std::cout << json.text();
  } else {
    write_file_atomically(name, json.text());
  }
}

}  // namespace brenier::cli
