#include <lemon/config.h>

#include <Eigen/Core>
#include <exception>
#include <fstream>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "brenier/io.hpp"
#include "brenier/solve.hpp"
#include "brenier/version.hpp"
#include "clouds.hpp"
#include "dense_lemon.hpp"
#include "options/option_values.hpp"
#include "stopwatch.hpp"

namespace brenier::benchmark {
namespace {

using Json = nlohmann::ordered_json;

enum class Solver { automatic, lemon_engine, lemon };

struct Request {
  CloudCase clouds;
  int order = 2;
  int threads = 1;
  Solver solver = Solver::automatic;
  std::string write;
  bool versions = false;
};

void declare(cli::Arguments& arguments, Request& request) {
  constexpr Index most = std::numeric_limits<Index>::max();
  std::vector<std::pair<std::string, std::string>> families;
  for (const std::string& name : family_names()) families.emplace_back(name, name);
  arguments.option("family", "NAME", cli::one_of(request.clouds.family, families),
                   "clouds: " + cli::enumerate(family_names()) + "; required");
  arguments.option("n", "N", cli::whole_number(request.clouds.n, Index{1}, most), "points in each cloud; required");
  arguments.option("dim", "D", cli::whole_number(request.clouds.dimension, Index{1}, most), "dimension (default 2)");
  arguments.option("masses", "KIND",
                   cli::one_of<bool>(request.clouds.random_masses, {{"equal", false}, {"random", true}}),
                   "equal (default) or random");
  arguments.option("data", "FOLDER", cli::text(request.clouds.data), "digits: folder with t10k-images-idx3-ubyte.gz");
  cli::add_order(arguments, request.order);
  arguments.option("solver", "NAME",
                   cli::one_of<Solver>(request.solver, {{"brenier", Solver::automatic},
                                                        {"lemon-engine", Solver::lemon_engine},
                                                        {"lemon", Solver::lemon}}),
                   "brenier: what auto chooses (default); lemon-engine: brenier's engine on all pairs; lemon: plain "
                   "LEMON on all pairs, without certificate");
  constexpr int most_threads = 1024;
  arguments.option("threads", "N", cli::whole_number(request.threads, 1, most_threads), "threads (default 1)");
  arguments.option("write", "PREFIX", cli::text(request.write),
                   "write the clouds as PREFIX-source.npz and PREFIX-target.npz in place of solving");
  arguments.flag("versions", request.versions, "print compiler and versions as JSON");
}

Json versions() {
  Json json;
  json["brenier"] = version();
  json["compiler"] = std::string(
#ifdef __clang__
      "clang "
#else
      "gcc "
#endif
      __VERSION__);
  json["build"] = BRENIER_BUILD_TYPE;
  json["Eigen"] = std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." +
                  std::to_string(EIGEN_MINOR_VERSION);
  json["LEMON"] = LEMON_VERSION;
  return json;
}

/// Largest resident memory of this program, in bytes. The system's figure for a process would not do: it counts what
/// the parent had before this program was loaded.
std::int64_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    std::int64_t kibibytes = 0;
    if (word == "VmHWM:" && status >> kibibytes) return 1024 * kibibytes;
  }
  throw std::runtime_error("/proc/self/status does not tell the peak memory (VmHWM)");
}

void add_brenier(Json& json, const Request& request, const CloudPair& clouds) {
  SolveOptions options;
  options.order = request.order;
  options.threads = request.threads;
  if (request.solver == Solver::lemon_engine) options.engine = EngineKind::lemon;
  const Stopwatch watch;
  const Solution solution = solve(clouds.source, clouds.target, options);
  json["seconds"] = watch.seconds();
  if (solution.termination.reason != Termination::Reason::optimal) {
    throw std::runtime_error("the answer is " + to_string(solution.termination.reason));
  }
  json["distance"] = solution.distance;
  json["gap"] = solution.certificate.relative_gap;
  json["engine"] = solution.stats.engine;
  json["search"] = solution.stats.search;
  json["levels"] = solution.stats.levels;
  json["rounds"] = solution.stats.rounds;
  json["pivots"] = solution.stats.pivots;
}

void add_lemon(Json& json, const Request& request, const CloudPair& clouds) {
  const DenseAnswer answer = solve_dense(request.order, clouds.source, clouds.target);
  json["seconds"] = answer.seconds;
  json["cost_seconds"] = answer.cost_seconds;
  json["distance"] = answer.distance;
}

int run(const std::vector<std::string>& words) {
  Request request;
  cli::Arguments arguments("", "Measures one solver on one case and prints a line of JSON.", "brenier-benchmark");
  declare(arguments, request);
  if (!arguments.parse(words)) return cli::exit_done;
  if (request.versions) {
    std::cout << versions() << '\n';
    return cli::exit_done;
  }
  for (const char* name : {"family", "n"}) {
    if (!arguments.given(name)) throw cli::UsageError(std::string("--") + name + " is missing");
  }
  if (request.clouds.family == "digits" && !arguments.given("data")) throw cli::UsageError("--data is missing");

  const CloudPair clouds = make_clouds(request.clouds);
  if (arguments.given("write")) {
    write_measure(request.write + "-source.npz", clouds.source);
    write_measure(request.write + "-target.npz", clouds.target);
    return cli::exit_done;
  }
  Json json;
  if (request.solver == Solver::lemon) {
    add_lemon(json, request, clouds);
  } else {
    add_brenier(json, request, clouds);
  }
  json["peak_bytes"] = peak_bytes();
  std::cout << json << '\n';
  return cli::exit_done;
}

int complain(const std::string& text, int code) {
  std::cerr << "brenier-benchmark: " << text << '\n';
  return code;
}

}  // namespace
}  // namespace brenier::benchmark

int main(int argc, char** argv) {
  using namespace brenier;
  try {
    return benchmark::run({argv + 1, argv + argc});
  } catch (const cli::UsageError& error) {
    return benchmark::complain(std::string(error.what()) + "; see brenier-benchmark --help", cli::exit_bad_input);
  } catch (const WriteError& error) {
    return benchmark::complain(error.what(), cli::exit_failed);
  } catch (const FileError& error) {
    return benchmark::complain(error.what(), cli::exit_bad_input);
  } catch (const std::invalid_argument& error) {
    return benchmark::complain(error.what(), cli::exit_bad_input);
  } catch (const std::length_error& error) {
    return benchmark::complain(error.what(), cli::exit_bad_input);
  } catch (const std::exception& error) {
    return benchmark::complain(error.what(), cli::exit_failed);
  }
}
