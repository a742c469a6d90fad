#include <cmath>
#include <iostream>
#include <optional>

#include "brenier/io.hpp"
#include "brenier/nearest_neighbour.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

struct OneNnRequest {
  std::string first, second;
  std::string first_labels, second_labels;
  std::string json;
  int threads = 0;
};

/// A whole number for each point.
std::vector<int> read_labels(const std::string& option, const std::string& file, const DiscreteMeasure& cloud) {
  const DiscreteMeasure values = read_measure(file);
  if (values.dimension() != 1 || values.size() != cloud.size()) {
    throw std::invalid_argument(option + " " + describe_cloud(file, values) + ", expected one label for each of the " +
                                count(cloud.size(), "point"));
  }
  std::vector<int> labels;
  for (Index i = 0; i < values.size(); ++i) {
    const double value = values.points()(i, 0);
    if (value != std::round(value) || std::abs(value) > 1e9) {
      throw std::invalid_argument(option + " " + file + ": label " + std::to_string(i) + " is " + digits(value) +
                                  ", expected a whole number");
    }
    labels.push_back(static_cast<int>(value));
  }
  return labels;
}

}  // namespace

int run_one_nn(const std::vector<std::string>& words) {
  OneNnRequest request;
  Arguments arguments("one-nn",
                      "The accuracy of the nearest neighbour: how well it tells the points of A from those of B, each "
                      "left out in\nturn (0.5 for like laws, 1 for clouds that are apart); or, with labels, how well "
                      "the labels of A tell those of B.");
  arguments.positional("A", request.first, "cloud, e.g. generated points, or mapped ones with their labels");
  arguments.positional("B", request.second, "cloud, e.g. the target; without labels, of as many points");
  arguments.option("labels", "FILE", text(request.first_labels), "a whole number for each point of A (.npy, .csv)");
  arguments.option("true-labels", "FILE", text(request.second_labels),
                   "those of B, which the nearest point of A is to tell");
  add_json(arguments, request.json);
  add_threads(arguments, request.threads);
  arguments.note(cloud_formats_help());
  if (!arguments.parse(words)) return exit_done;
  if (request.first_labels.empty() != request.second_labels.empty()) {
    throw UsageError("--labels and --true-labels need each other");
  }
  check_outputs({{"--json", request.json, Content::other}},
                {request.first, request.second, request.first_labels, request.second_labels});
  const auto clouds = read_clouds(request.first, request.second, true);
  const DiscreteMeasure &first = clouds.first, &second = clouds.second;

  JsonObject json;
  Summary summary;
  if (request.first_labels.empty()) {
    const TwoSampleAccuracy accuracy = naming({request.first, request.second}, [&] {
      return two_sample_accuracy(first.points(), second.points(), request.threads);
    });
    json.add("accuracy", accuracy.overall());
    json.add("accuracy_a", accuracy.generated);
    json.add("accuracy_b", accuracy.target);
    summary.add("1-NN accuracy", digits(accuracy.overall()) + " (leave-one-out)");
    summary.add("of A", digits(accuracy.generated));
    summary.add("of B", digits(accuracy.target));
  } else {
    const std::vector<int> labels = read_labels("--labels", request.first_labels, first);
    const std::vector<int> truth = read_labels("--true-labels", request.second_labels, second);
    const double accuracy = nearest_neighbour_accuracy(first.points(), labels, second.points(), truth, request.threads);
    json.add("accuracy", accuracy);
    summary.add("1-NN accuracy", digits(accuracy) + " (labels of A for the points of B)");
  }
  if (!request.json.empty()) write_json(request.json, json);
  if (request.json != "-") std::cout << summary;
  return exit_done;
}

}  // namespace brenier::cli
