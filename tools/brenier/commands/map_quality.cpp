#include "brenier/map_quality.hpp"

#include <iostream>

#include "brenier/displacement.hpp"
#include "brenier/io.hpp"
#include "brenier/wasserstein.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/progress.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct MapQualityRequest {
  std::string source;
  std::string target;
  std::string mapped;
  std::string exact;
  std::string json;
  Displacement displacement = Displacement::barycentric;
  SolveOptions options;
  bool quiet = false;
};

void declare(Arguments& arguments, MapQualityRequest& request) {
  arguments.positional("SOURCE", request.source, "cloud that the map was applied to");
  arguments.positional("TARGET", request.target, "cloud that it should lead to");
  arguments.option("mapped", "FILE", text(request.mapped),
                   "row i is where the learned map sends point i of SOURCE; required");
  arguments.option("true", "FILE", text(request.exact),
                   "row i is where the exact map sends it (default: the optimal plan from SOURCE to TARGET says)");
  add_order(arguments, request.options.order);
  add_displacement(arguments, request.displacement);
  add_json(arguments, request.json);
  add_threads(arguments, request.options.threads);
  add_normalize(arguments, request.options.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "With T the learned map, T* the exact one, P the source, Q the target, means over P:\n"
      "  L2-UVP     100 mean|T(x) - T*(x)|^2 / Var(Q) percent\n"
      "  cos        mean<T(x) - x, T*(x) - x> / (mean|T(x) - x|^2 mean|T*(x) - x|^2)^(1/2)\n"
      "  BW2-UVP    100 BW2^2(T#P, Q) / Var(Q) percent, BW2 between Gaussians with the moments (the 1/2 of the cost "
      "in\n"
      "             numerator and denominator)\n"
      "  Monge gap  mean c(x, T(x)) - T_p(P, T#P), c = |x - y| or |x - y|^2 / 2: zero where T is optimal for its "
      "image\n");
  arguments.note(cloud_formats_help());
}

/// Points that belong to those of the source, one each.
Points read_images(const std::string& option, const std::string& file, const std::string& source_name,
                   const DiscreteMeasure& source) {
  const DiscreteMeasure images = read_measure(file);
  if (images.size() != source.size() || images.dimension() != source.dimension()) {
    throw std::invalid_argument(option + " " + describe_cloud(file, images) + ", but " +
                                describe_cloud(source_name, source) + ": expected one image for each point");
  }
  return images.points();
}

struct Figures {
  double l2_uvp = 0.0;
  std::optional<double> cosine;
  double bw2_uvp = 0.0;
  MongeGap gap;
  double image_distance = 0.0;     ///< W_p(T#P, Q).
  std::optional<double> distance;  ///< W_p(P, Q), where it was needed.
};

Figures measure(const MapQualityRequest& request, const DiscreteMeasure& source, const DiscreteMeasure& target,
                const Points& mapped, std::optional<Points> exact) {
  Figures figures;
  if (!exact) {
    const Solution solution =
        naming({request.source, request.target}, [&] { return solve_to_optimality(source, target, request.options); });
    figures.distance = solution.distance;
    exact = displace(source, target, solution.plan, request.displacement).images;
  }
  figures.l2_uvp = naming({request.target}, [&] { return l2_uvp(source, mapped, *exact, variance(target)); });
  figures.cosine = displacement_cosine(source, mapped, *exact);
  const DiscreteMeasure image(mapped, source.weights());
  figures.gap = naming({request.source, request.mapped}, [&] { return monge_gap(source, mapped, request.options); });
  figures.image_distance =
      naming({request.mapped, request.target}, [&] { return wasserstein(image, target, request.options); });
  figures.bw2_uvp = naming({request.mapped, request.target},
                           [&] { return bw2_uvp(GaussianMoments(image), GaussianMoments(target)); });
  return figures;
}

Summary summarise(const MapQualityRequest& request, const Figures& figures) {
  const std::string distance = "W" + std::to_string(request.options.order);
  Summary summary;
  summary.add("L2-UVP", digits(figures.l2_uvp) + " %");
  summary.add("cos", figures.cosine ? digits(*figures.cosine) : "undefined: one of the maps moves nothing");
  summary.add("BW2-UVP", digits(figures.bw2_uvp) + " %");
  summary.add("Monge gap", digits(figures.gap.value()));
  summary.add("mean cost", digits(figures.gap.mean_cost));
  summary.add("optimal cost", digits(figures.gap.transport_cost) + " to the same image");
  summary.add(distance + " to target", digits(figures.image_distance));
  if (figures.distance) summary.add(distance + " of source", digits(*figures.distance));
  summary.add("exact map", request.exact.empty() ? "optimal plan, " + to_string(request.displacement) : request.exact);
  return summary;
}

JsonObject as_json(const MapQualityRequest& request, const Figures& figures) {
  JsonObject json;
  json.add("l2_uvp", figures.l2_uvp);
  figures.cosine ? json.add("cos", *figures.cosine) : json.add_null("cos");
  json.add("bw2_uvp", figures.bw2_uvp);
  json.add("monge_gap", figures.gap.value());
  json.add("mean_cost", figures.gap.mean_cost);
  json.add("transport_cost", figures.gap.transport_cost);
  json.add("image_distance", figures.image_distance);
  figures.distance ? json.add("distance", *figures.distance) : json.add_null("distance");
  json.add("order", request.options.order);
  json.add("exact_map", request.exact.empty() ? to_string(request.displacement) : request.exact);
  return json;
}

}  // namespace

int run_map_quality(const std::vector<std::string>& words) {
  MapQualityRequest request;
  Arguments arguments(
      "map-quality", "Measures a learned transport map by its values on a sample: L2-UVP, cos, BW2-UVP and Monge gap.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  if (request.mapped.empty()) throw UsageError("--mapped FILE is missing");
  if (!request.exact.empty() && arguments.given("displacement")) {
    throw UsageError("--displacement: --true says what the exact map is");
  }
  if (request.displacement == Displacement::split) {
    throw UsageError("--displacement split: a map sends each point to one place, expected matching or barycentric");
  }
  check_outputs({{"--json", request.json, Content::other}},
                {request.source, request.target, request.mapped, request.exact});
  const auto [source, target] = read_clouds(request.source, request.target, request.options.normalize);
  const Points mapped = read_images("--mapped", request.mapped, request.source, source);
  std::optional<Points> exact;
  if (!request.exact.empty()) exact = read_images("--true", request.exact, request.source, source);

  const InterruptGuard guard(!request.quiet, "stopping");
  Figures figures;
  {
    ProgressLine progress(request.quiet);
    request.options.monitor = &progress;
    figures = measure(request, source, target, mapped, std::move(exact));
  }
  if (!request.json.empty()) write_json(request.json, as_json(request, figures));
  if (request.json != "-") std::cout << summarise(request, figures);
  return exit_done;
}

}  // namespace brenier::cli
