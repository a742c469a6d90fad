#include <iostream>

#include "brenier/gaussian_moments.hpp"
#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/report.hpp"

namespace brenier::cli {

int run_frechet(const std::vector<std::string>& words) {
  std::string first, second, json_file;
  Covariance covariance = Covariance::unbiased;
  Arguments arguments("frechet",
                      "The Frechet distance |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) of two clouds, or of given "
                      "moments:\nthe FID where the points are Inception features; and its root, W2 between Gaussians.");
  arguments.positional("A", first, "cloud, or .npz with the arrays mu (d) and sigma (d x d)");
  arguments.positional("B", second, "likewise");
  arguments.option(
      "covariance", "NAME",
      one_of<Covariance>(covariance, {{"unbiased", Covariance::unbiased}, {"population", Covariance::population}}),
      "of a cloud: unbiased (divided by n - 1, default: as the FID has it) or population (by n)");
  add_json(arguments, json_file);
  arguments.note(cloud_formats_help());
  if (!arguments.parse(words)) return exit_done;
  check_outputs({{"--json", json_file, Content::other}}, {first, second});
  const auto moments_of = [covariance](const std::string& file) {
    return naming({file}, [&] { return read_moments(file, covariance); });
  };
  const GaussianMoments a = moments_of(first), b = moments_of(second);
  if (a.dimension() != b.dimension()) {
    throw std::invalid_argument(first + ": " + count(a.dimension(), "dimension") + ", but " + second + " has " +
                                std::to_string(b.dimension()));
  }
  const double frechet = naming({first, second}, [&] { return frechet_distance(a, b); });
  const double means = (a.mean() - b.mean()).squaredNorm();

  if (!json_file.empty()) {
    JsonObject json;
    json.add("frechet", frechet);
    json.add("gaussian_w2", std::sqrt(frechet));
    json.add("means", means);
    json.add("dimension", static_cast<std::int64_t>(a.dimension()));
    write_json(json_file, json);
  }
  if (json_file == "-") return exit_done;
  Summary summary;
  summary.add("Frechet distance", digits(frechet));
  summary.add("of the means", digits(means));
  summary.add("Gaussian W2", digits(std::sqrt(frechet)));
  summary.add("dimension", std::to_string(a.dimension()));
  std::cout << summary;
  return exit_done;
}

}  // namespace brenier::cli
