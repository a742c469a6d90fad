#include "commands/pairwise.hpp"

#include <iostream>
#include <memory>
#include <optional>

#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "options/threads.hpp"
#include "reports/interrupt.hpp"
#include "reports/report.hpp"
#include "runs/fingerprint.hpp"
#include "runs/natural_order.hpp"

namespace brenier::cli {
namespace {

struct PairwiseRequest {
  std::vector<std::string> clouds;
  std::string out = "-";
  int jobs = 0;
  SolveOptions options;
  bool quiet = false;

  bool writes_a_file() const { return out != "-"; }
  std::string journal() const { return writes_a_file() ? out + ".journal" : ""; }
};

void declare(Arguments& arguments, PairwiseRequest& request, PairCrew* crew) {
  arguments.operands("CLOUD", request.clouds, "clouds to compare, each with each; two or more");
  add_order(arguments, request.options.order);
  arguments.option("out", "FILE", text(request.out),
                   "write the matrix as .csv, with the names, or .npy (default: CSV on standard output)");
  if (crew == nullptr) {
    arguments.option("jobs", "J", whole_number(request.jobs, 1, 1024),
                     "pairs to solve at once, each on one thread; the result does not depend on it (default: one a "
                     "core)");
  }
  arguments.option("memory", "SIZE", byte_size(request.options.memory),
                   "what the solves on a machine may take together, e.g. 8G (default: half of what is free)");
  add_normalize(arguments, request.options.normalize);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "Row and column k belong to the k-th CLOUD. The distance of two of them is that of brenier solve, the earlier\n"
      "one being SOURCE. A pattern in quotes, 'run/*.npy', stands for all that match it in natural order: epoch_2 is\n"
      "before epoch_10.\n");
  arguments.note(
      "With --out, FILE.journal keeps each finished pair: after Ctrl-C or a kill the same command goes on and repeats\n"
      "none of them. It is taken away when FILE is written.\n");
  if (crew != nullptr) crew->declare(arguments);
  arguments.note(cloud_formats_help());
}

/// What a journal must say to belong to this run.
std::vector<JournalLine> journal_head(const PairwiseRequest& request, const std::vector<DiscreteMeasure>& clouds) {
  std::vector<JournalLine> head = {
      {"brenier pairwise " + std::string(version()), ""},
      {"order " + std::to_string(request.options.order), ""},
      {std::string("normalize ") + (request.options.normalize ? "yes" : "no"), ""},
      {"dimension " + std::to_string(clouds.front().dimension()), ""},
      {"clouds " + std::to_string(clouds.size()), ""},
  };
  for (std::size_t k = 0; k < clouds.size(); ++k) {
    head.push_back({"cloud " + std::to_string(k) + " " + std::to_string(clouds[k].size()) + " " +
                        digits(clouds[k].total_mass()) + " " + fingerprint(clouds[k]),
                    request.clouds[k]});
  }
  return head;
}

/// Solves every pair that is left, by threads of this process and by the crew.
void solve_pairs(PairwiseRun& run, const std::vector<DiscreteMeasure>& clouds, const PairwiseRequest& request,
                 PairCrew* crew) {
  const int threads = crew != nullptr ? 1 : job_count(request.jobs);
  SolveOptions options = request.options;
  options.memory = memory_share(options.memory, crew != nullptr ? crew->solvers_here() : threads);
  const auto work = [&] {
    while (const auto pair = run.take()) {
      const auto& [first, second] = *pair;
      run.settle(*pair, solve_pair(clouds[static_cast<std::size_t>(first)], clouds[static_cast<std::size_t>(second)],
                                   options));
    }
  };
  if (crew != nullptr) crew->join(run, clouds, request.options);
  on_threads(threads, work);
  if (crew != nullptr) crew->leave();
}

/// Ends a run without a matrix.
[[noreturn]] void give_up(const PairwiseRun& run, const PairwiseRequest& request) {
  run.rethrow_failure();
  const std::string kept =
      count(run.settled() - static_cast<Index>(run.failed().size()), "pair") + " of " + std::to_string(run.size());
  const std::string way_on = request.writes_a_file()
                                 ? request.journal() + " keeps " + kept + ", the same command goes on from there"
                                 : "nothing is kept without --out";
  if (!run.is_complete()) throw Failure("interrupted: " + way_on);
  const std::vector<PairwiseRun::FailedPair> failed = run.failed();
  const auto [first, second] = failed.front().pair;
  const std::string& one = request.clouds[static_cast<std::size_t>(first)];
  const std::string& other = request.clouds[static_cast<std::size_t>(second)];
  const std::string others =
      failed.size() > 1 ? " (and " + count(static_cast<Index>(failed.size()) - 1, "further pair") + ")" : "";
  const std::string message = failed.front().reason + others + "; no matrix without it: " + way_on;
  if (failed.front().kind == PairOutcome::Kind::refused) throw std::invalid_argument(name_files({one, other}, message));
  throw Failure(one + " and " + other + ": " + message);
}

void check(const PairwiseRequest& request) {
  if (request.clouds.empty()) throw UsageError("CLOUD is missing");
  if (request.clouds.size() == 1) throw UsageError("a single CLOUD has no pairs, expected two or more");
  check_outputs(
      {{"--out", request.out, Content::distances}, {"the journal of --out", request.journal(), Content::other}},
      request.clouds);
}

}  // namespace

int pairwise(const std::string& program, const std::vector<std::string>& words, PairCrew* crew) {
  PairwiseRequest request;
  Arguments arguments(
      "pairwise",
      "The Wasserstein distance W1 or W2 between each two of some clouds, each proven over all pairs of "
      "points,\nas a symmetric matrix.",
      program);
  declare(arguments, request, crew);
  if (!arguments.parse(words)) return exit_done;
  request.clouds = files_of_words(request.clouds);
  check(request);
  const std::vector<DiscreteMeasure> clouds = read_clouds(request.clouds, request.options.normalize);

  const InterruptGuard guard(!request.quiet, "stopping");
  std::optional<PairJournal> journal;
  if (request.writes_a_file()) {
    journal.emplace(request.journal(), journal_head(request, clouds), static_cast<Index>(clouds.size()));
  }
  const auto size = static_cast<Index>(clouds.size());
  {
    ProgressBar progress(request.quiet, 0, size * (size - 1) / 2, "pair");
    PairwiseRun run(clouds, journal ? &*journal : nullptr, progress);
    request.options.monitor = &progress;
    solve_pairs(run, clouds, request, crew);
    if (!run.is_complete() || !run.failed().empty()) give_up(run, request);
    write_distances(request.out, run.distances(), request.clouds);
  }
  if (journal) {
    journal->remove();
    std::cout << request.out << ": W" << request.options.order << " between " << count(size, "cloud") << ", "
              << count(size * (size - 1) / 2, "pair") << '\n';
  }
  return exit_done;
}

}  // namespace brenier::cli
