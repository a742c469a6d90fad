#include <chrono>
#include <iostream>

#include "brenier/certificate.hpp"
#include "brenier/ground_cost.hpp"
#include "brenier/io.hpp"
#include "brenier/solve.hpp"
#include "brenier/version.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct CertifyRequest {
  std::string source;
  std::string target;
  std::string plan;
  std::string potentials;
  std::string json;
  CertifyOptions options;
};

void declare(Arguments& arguments, CertifyRequest& request) {
  arguments.positional("SOURCE", request.source, "cloud that the mass leaves");
  arguments.positional("TARGET", request.target, "cloud that the mass reaches");
  arguments.option("plan", "FILE", text(request.plan), "the plan: source,target,mass (.csv or .npz); required");
  arguments.option("potentials", "FILE", text(request.potentials),
                   "the potentials: side,index,value (.csv), or phi and psi (.npz); required");
  add_order(arguments, request.options.order);
  add_json(arguments, request.json);
  add_threads(arguments, request.options.threads);
  add_verify(arguments, request.options.verify);
  add_normalize(arguments, request.options.normalize);
  arguments.note(cloud_formats_help());
  arguments.note("An answer that is not proven optimal is reported in full and ends with exit code 1.\n");
}

Summary summarise(const Certificate& certificate, const Instance& instance, bool proven) {
  const std::string distance = "W" + std::to_string(instance.order);
  Summary summary;
  summary.add(distance + " of the plan", digits(certificate.distance));
  summary.add("status", proven ? "optimal (certified over " + pairs(instance) + ")"
                               : "NOT PROVEN optimal: gap, violation or marginal residual is not within rounding");
  add_certificate(summary, certificate);
  summary.add("size", describe(instance));
  return summary;
}

}  // namespace

int run_certify(const std::vector<std::string>& words) {
  CertifyRequest request;
  Arguments arguments("certify",
                      "Judges a plan and potentials, whoever computed them: recomputes the primal and the dual value,\n"
                      "the worst violation over all pairs and the marginals.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  if (request.plan.empty()) throw UsageError("--plan FILE is missing");
  if (request.potentials.empty()) throw UsageError("--potentials FILE is missing");
  check_outputs({{"--json", request.json, Content::other}},
                {request.source, request.target, request.plan, request.potentials});

  const auto clouds = read_clouds(request.source, request.target, request.options.normalize);
  const DiscreteMeasure &source = clouds.first, &target = clouds.second;
  const TransportPlan plan = read_plan(request.plan, source.size(), target.size());
  const Potentials potentials = read_potentials(request.potentials, source.size(), target.size());

  const auto start = std::chrono::steady_clock::now();
  const Certificate certificate = naming({request.source, request.target},
                                         [&] { return certify(source, target, plan, potentials, request.options); });
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const Instance instance = {request.options.order, source.size(), target.size(), source.dimension()};
  const bool proven = certificate.proves_optimality();

  if (!request.json.empty()) {
    JsonObject json;
    add_certificate(json, instance, certificate);
    json.add("termination", to_string(proven ? Termination::Reason::optimal : Termination::Reason::unproven));
    json.add("seconds", seconds);
    json.add("version", std::string(version()));
    write_json(request.json, json);
  }
  if (request.json != "-") std::cout << summarise(certificate, instance, proven);
  return proven ? exit_done : exit_failed;
}

}  // namespace brenier::cli
