#include "brenier/potential_quality.hpp"

#include <iostream>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct PotentialQualityRequest {
  std::string source;
  std::string target;
  std::string phi;
  std::string psi;
  std::string potentials;
  std::string json;
  SolveOptions options;
  bool quiet = false;
};

void declare(Arguments& arguments, PotentialQualityRequest& request) {
  arguments.positional("SOURCE", request.source, "cloud that the mass leaves");
  arguments.positional("TARGET", request.target, "cloud that the mass reaches");
  arguments.option("phi", "FILE", text(request.phi),
                   "a value for each point of SOURCE: .npy of n numbers, or a column of text");
  arguments.option("psi", "FILE", text(request.psi), "a value for each point of TARGET, likewise");
  arguments.option("potentials", "FILE", text(request.potentials),
                   "both, as brenier solve --potentials writes them (.csv or .npz)");
  add_order(arguments, request.options.order);
  add_json(arguments, request.json);
  add_threads(arguments, request.options.threads);
  add_normalize(arguments, request.options.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "phi and psi belong to the cost c = |x - y| (order 1) or |x - y|^2 / 2 (order 2) with phi(x) + psi(y) <= c(x, "
      "y).\n"
      "A convex potential u of order 2 is phi(x) = |x|^2 / 2 - u(x). One of the two will do.\n"
      "\n"
      "What was learned need not satisfy the inequality, so its dual value proves nothing. Its c-transform over all\n"
      "points does: psi^c(x) = min c(x, y) - psi(y). Reported are the dual values of (psi^c, psi^cc) and (phi^cc,\n"
      "phi^c), which no potentials can take above the optimal cost, and the shortfall of the better one.\n");
  arguments.note(cloud_formats_help());
}

/// A number a point.
Vector read_values(const std::string& option, const std::string& file, Index points) {
  if (file.empty()) return {};
  const DiscreteMeasure values = read_measure(file);
  if (values.dimension() != 1 || values.size() != points) {
    throw std::invalid_argument(option + " " + file + ": " + count(values.size(), "row") + " of " +
                                count(values.dimension(), "number") + ", expected one number for each of the " +
                                count(points, "point"));
  }
  return values.points().col(0);
}

Potentials read(const PotentialQualityRequest& request, Index sources, Index targets) {
  if (!request.potentials.empty()) return read_potentials(request.potentials, sources, targets);
  return {read_values("--phi", request.phi, sources), read_values("--psi", request.psi, targets)};
}

void add(Summary& summary, const std::string& label, const std::optional<double>& value) {
  if (value) summary.add(label, digits(*value));
}

Summary summarise(const PotentialQuality& quality, int order) {
  Summary summary;
  summary.add("optimal cost T" + std::to_string(order), digits(quality.transport_cost));
  add(summary, "dual value of psi", quality.value_of_psi);
  add(summary, "dual value of phi", quality.value_of_phi);
  const std::optional<double> percent = quality.relative_shortfall();
  summary.add("shortfall", digits(quality.shortfall()) + (percent ? " (" + digits(*percent, 4) + " %)" : ""));
  add(summary, "value as given", quality.given_value);
  add(summary, "worst violation", quality.worst_violation);
  return summary;
}

JsonObject as_json(const PotentialQuality& quality, int order) {
  JsonObject json;
  const auto add = [&json](const char* key, const std::optional<double>& value) {
    value ? json.add(key, *value) : json.add_null(key);
  };
  json.add("order", order);
  json.add("transport_cost", quality.transport_cost);
  add("value_of_psi", quality.value_of_psi);
  add("value_of_phi", quality.value_of_phi);
  json.add("best_value", quality.best_value());
  json.add("shortfall", quality.shortfall());
  add("relative_shortfall", quality.relative_shortfall());
  add("given_value", quality.given_value);
  add("worst_violation", quality.worst_violation);
  return json;
}

}  // namespace

int run_potential_quality(const std::vector<std::string>& words) {
  PotentialQualityRequest request;
  Arguments arguments(
      "potential-quality",
      "Measures learned Kantorovich potentials by the dual value that they lead to, against the optimal "
      "cost.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  const bool has_one = !request.phi.empty() || !request.psi.empty();
  if (request.potentials.empty() && !has_one) throw UsageError("--phi FILE or --psi FILE is missing");
  if (!request.potentials.empty() && has_one) throw UsageError("--potentials holds both --phi and --psi already");
  check_outputs({{"--json", request.json, Content::other}},
                {request.source, request.target, request.phi, request.psi, request.potentials});
  const auto clouds = read_clouds(request.source, request.target, request.options.normalize);
  const DiscreteMeasure &source = clouds.first, &target = clouds.second;
  const Potentials potentials = read(request, source.size(), target.size());

  const InterruptGuard guard(!request.quiet, "stopping");
  PotentialQuality quality;
  {
    ProgressLine progress(request.quiet);
    request.options.monitor = &progress;
    quality = naming({request.source, request.target},
                     [&] { return potential_quality(source, target, potentials, request.options); });
  }
  if (!request.json.empty()) write_json(request.json, as_json(quality, request.options.order));
  if (request.json != "-") std::cout << summarise(quality, request.options.order);
  return exit_done;
}

}  // namespace brenier::cli
