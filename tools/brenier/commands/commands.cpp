#include "commands/pairwise.hpp"
#include "options/command.hpp"

namespace brenier::cli {

// A new command is a file that defines one of these functions and a line in the table below.
int run_solve(const std::vector<std::string>& words);
int run_certify(const std::vector<std::string>& words);
int run_flow(const std::vector<std::string>& words);
int run_geodesic(const std::vector<std::string>& words);
int run_metrics(const std::vector<std::string>& words);
int run_watch(const std::vector<std::string>& words);
int run_map_quality(const std::vector<std::string>& words);
int run_potential_quality(const std::vector<std::string>& words);
int run_frechet(const std::vector<std::string>& words);
int run_one_nn(const std::vector<std::string>& words);
int run_train(const std::vector<std::string>& words);
int run_plot(const std::vector<std::string>& words);
int run_validate(const std::vector<std::string>& words);
int run_pairwise(const std::vector<std::string>& words) { return pairwise("brenier", words, nullptr); }
int run_sample(const std::vector<std::string>& words);
int run_convert(const std::vector<std::string>& words);

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"solve", "Wasserstein distance, optimal plan, potentials and proof", run_solve},
      {"certify", "Check a plan and potentials, whoever computed them", run_certify},
      {"flow", "Let particles flow to a target along the exact Wasserstein gradient", run_flow},
      {"geodesic", "Interpolate between two clouds along the optimal plan", run_geodesic},
      {"metrics", "Measure clouds that generators have drawn against a target", run_metrics},
      {"watch", "Measure each cloud that a trainer drops into a folder", run_watch},
      {"map-quality", "Measure a learned transport map", run_map_quality},
      {"potential-quality", "Measure learned Kantorovich potentials", run_potential_quality},
      {"frechet", "Frechet distance (FID) and Gaussian W2 of two clouds, or of given moments", run_frechet},
      {"one-nn", "How well the nearest neighbour tells two clouds, or their labels, apart", run_one_nn},
      {"train", "Train a generator, judged by exact distances (built with LibTorch only)", run_train},
      {"plot", "Draw the figures of a flow", run_plot},
      {"validate", "Measure the claims of the theory against this program", run_validate},
      {"pairwise", "The distances between each two of some clouds", run_pairwise},
      {"sample", "Draw a cloud from a known law", run_sample},
      {"convert", "Rewrite a cloud in another file format", run_convert},
  };
  return table;
}

}  // namespace brenier::cli
