#include "train_request.hpp"

#include <algorithm>
#include <limits>

#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "options/arguments.hpp"
#include "options/command.hpp"
#include "options/files.hpp"
#include "options/law_option.hpp"
#include "options/option_values.hpp"
#include "reports/json_object.hpp"
#include "reports/report.hpp"
#include "runs/fingerprint.hpp"
#include "runs/run_folder.hpp"

namespace brenier::trainer {
namespace {

using cli::Arguments;
using cli::one_of;
using cli::Range;
using cli::real_number;
using cli::text;
using cli::UsageError;
using cli::whole_number;

constexpr Index most = Index{1} << 40;

void declare_run(Arguments& arguments, TrainRequest& request) {
  Schedule& schedule = request.schedule;
  Settings& settings = request.settings;
  arguments.option("preset", "NAME", one_of<Preset>(request.preset, {{"ring", Preset::ring}, {"da", Preset::digits}}),
                   "data, networks and rates of a family: ring (default), or da, domain adaptation of digits");
  arguments.option("method", "NAME",
                   one_of<Method>(settings.method, {{"w2-fe", Method::w2_fe},
                                                    {"w2gan", Method::w2gan},
                                                    {"w1-fe", Method::w1_fe},
                                                    {"wgan-lp", Method::wgan_lp},
                                                    {"wgan-gp", Method::wgan_gp},
                                                    {"exact", Method::exact}}),
                   "w2-fe (default), w2gan, w1-fe, wgan-lp, wgan-gp, or exact: the potential of each minibatch from "
                   "the exact solver");
  arguments.option("iterations", "N", whole_number(schedule.iterations, Index{0}, most), "in all (default 5000)");
  arguments.option("eval-every", "N", whole_number(schedule.eval_every, Index{1}, most),
                   "a row of curves.csv at each multiple (default 10; da: 100)");
  arguments.option("eval-size", "N", whole_number(request.eval_size, Index{2}, most),
                   "points on which is evaluated (default 512)");
  arguments.option("checkpoint-every", "N", whole_number(schedule.checkpoint_every, Index{1}, most),
                   "what a kill may cost (default 100)");
  arguments.option("particles-every", "N", whole_number(schedule.particles_every, Index{1}, most),
                   "write G(z) at each multiple that is evaluated, and at the end (default 1000)");
  arguments.option("seed", "S",
                   whole_number(settings.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max()),
                   "of weights, minibatches and the fixed batch (default 0)");
  arguments.option("out", "DIR", text(request.out), "folder for the results, made when it is not there; required");
  arguments.flag("resume", request.resume, "go on with the run in DIR; the result is that of a run without a break");
  arguments.option("threads", "N", whole_number(settings.threads, 1, 1024),
                   "sums may round differently with another number (default 1)");
  arguments.flag("quiet", request.quiet, "no progress on standard error");
}

void declare_method(Arguments& arguments, Settings& settings) {
  arguments.option("k", "K", whole_number(settings.persistence, Index{1}, most),
                   "generator steps on the same minibatch (default 5; w2gan, wgan-lp, wgan-gp: 1)");
  arguments.option("epsilon", "E", real_number(settings.epsilon, Range::positive),
                   "step of the particles along -grad phi (default 1)");
  arguments.option("hinge", "FORM",
                   one_of<Hinge>(settings.hinge, {{"linear", Hinge::linear},
                                                  {"squared", Hinge::squared},
                                                  {"all-pairs", Hinge::all_pairs},
                                                  {"four-term", Hinge::four_term}}),
                   "how phi + psi <= |y-x|^2 / 2 is enforced (default linear)");
  arguments.option("lambda", "L", real_number(settings.lambda, Range::not_negative),
                   "of the hinge (default 200; da: 10); all-pairs needs at least the batch size to be exact");
  arguments.option("equality-lambda", "L", real_number(settings.equality_lambda, Range::not_negative),
                   "of the two equalities of four-term (default 0)");
  arguments.option("penalty", "FORM", one_of<Penalty>(settings.penalty, {{"lp", Penalty::lp}, {"gp", Penalty::gp}}),
                   "w1-fe: gradient norms at most 1, lp (default), or 1, gp");
  arguments.option("penalty-lambda", "L", real_number(settings.penalty_lambda, Range::not_negative),
                   "of that penalty (default 10)");
  arguments.option("critic-steps", "N", whole_number(settings.critic_steps, Index{1}, most),
                   "steps of the potentials in each iteration (default 5)");
  arguments.option("critic-rate", "R", real_number(settings.critic_rate, Range::positive),
                   "learning rate of the potentials (default 5e-4; da: 1e-4)");
  arguments.option("generator-rate", "R", real_number(settings.generator_rate, Range::positive),
                   "learning rate of the generator (default 1e-4)");
  arguments.option("rate-half-life", "N", real_number(settings.rate_half_life, Range::positive),
                   "iterations in which both rates halve (default: they stay)");
  arguments.option(
      "optimizer", "NAME",
      one_of<OptimizerKind>(settings.optimizer, {{"adam", OptimizerKind::adam}, {"sgd", OptimizerKind::sgd}}),
      "adam (default) or sgd");
  arguments.option("batch", "M", whole_number(settings.batch, Index{2}, most),
                   "points of source and target in each step (default 512; da: 64)");
  arguments.option("batch-norm", "YES|NO", one_of<bool>(settings.generator.batch_norm, {{"yes", true}, {"no", false}}),
                   "in the generator (default yes)");
  arguments.option("precision", "TYPE",
                   one_of<Precision>(settings.precision,
                                     {{"float", Precision::single_precision}, {"double", Precision::double_precision}}),
                   "of the networks (default float)");
}

void declare_data(Arguments& arguments, TrainRequest& request) {
  arguments.option("source", "LAW|FILE", text(request.source), "law of z (default gaussian:std=0.05,stratified=yes)");
  arguments.option("target", "LAW|FILE", text(request.target), "law of the data (default ring:stratified=yes)");
  DigitFiles& digits = request.digits;
  arguments.option("usps", "FILE", text(digits.usps), "da: USPS digits, a line being the digit and 256 values");
  arguments.option("usps-test", "FILE", text(digits.usps_test), "da: those to test on (default: each fifth of --usps)");
  arguments.option("mnist", "FILE", text(digits.mnist), "da: MNIST images (IDX)");
  arguments.option("mnist-labels", "FILE", text(digits.mnist_labels), "da: their labels");
  arguments.option("mnist-test", "FILE", text(digits.mnist_test),
                   "da: images to test on (default: each fifth of --mnist)");
  arguments.option("mnist-test-labels", "FILE", text(digits.mnist_test_labels), "da: their labels");
  arguments.option("direction", "WAY",
                   one_of<Direction>(request.direction, {{"usps-mnist", Direction::usps_to_mnist},
                                                         {"mnist-usps", Direction::mnist_to_usps}}),
                   "da: usps-mnist (default) or mnist-usps");
  arguments.option("labelled", "N", whole_number(request.labelled, Index{1}, most),
                   "da: labelled digits of the source, and test digits of the target (default 2000)");
}

/// Reads the words over the preset's settings.
bool parse_over(const std::vector<std::string>& words, Preset preset, TrainRequest& request) {
  request = TrainRequest();
  request.preset = preset;
  request.settings = preset == Preset::ring ? ring_settings() : digits_settings();
  if (preset == Preset::digits) request.schedule.eval_every = 100;
  Arguments arguments("train",
                      "Trains a generator that carries one law to another, and measures it by exact distances: "
                      "W2-FE, W1-FE and their\nrelatives on LibTorch.");
  declare_run(arguments, request);
  declare_method(arguments, request.settings);
  declare_data(arguments, request);
  arguments.note(
      "A LAW is one of brenier sample with its settings, e.g. ring:modes=6,std=0.2,stratified=yes.\n"
      "DIR/curves.csv has a row an evaluation: iteration, seconds with and without evaluation, exact w1 and w2 of the\n"
      "generated points to the data, the floor of both, monge_gap, l2_uvp and cos of x - grad phi, dual_value of the\n"
      "potentials against transport_cost, losses, 1-NN accuracy. DIR/particles_000000.npz is G of DIR/source.npz.\n");
  arguments.note(
      "Ctrl-C ends after the iteration that runs, with exit code 1; --resume goes on from there, after a kill from "
      "the\n"
      "last checkpoint.\n");
  if (!arguments.parse(words)) return false;
  if (!arguments.given("out")) throw UsageError("--out DIR is missing");
  const bool is_ring = request.preset == Preset::ring;
  for (const char* name :
       {"usps", "usps-test", "mnist", "mnist-labels", "mnist-test", "mnist-test-labels", "direction", "labelled"}) {
    if (is_ring && arguments.given(name)) throw UsageError(std::string("--") + name + ": only with --preset da");
  }
  for (const char* name : {"source", "target"}) {
    if (!is_ring && arguments.given(name)) throw UsageError(std::string("--") + name + ": not with --preset da");
  }
  Settings& settings = request.settings;
  if (!arguments.given("k") && !is_forward_euler(settings.method)) settings.persistence = 1;
  if (settings.method == Method::wgan_gp) settings.penalty = Penalty::gp;
  if (arguments.given("penalty") && settings.method != Method::w1_fe) {
    throw UsageError("--penalty: only with --method w1-fe");
  }
  return true;
}

void check_combination(const TrainRequest& request) {
  const Settings& settings = request.settings;
  if (settings.equality_lambda > 0.0 && settings.hinge != Hinge::four_term) {
    throw UsageError("--equality-lambda: only with --hinge four-term");
  }
  if (request.preset == Preset::ring) return;
  const DigitFiles& files = request.digits;
  if (files.usps.empty()) throw UsageError("--usps FILE is missing, which --preset da needs");
  if (files.mnist.empty()) throw UsageError("--mnist FILE is missing, which --preset da needs");
  if (files.mnist_labels.empty()) throw UsageError("--mnist-labels FILE is missing, which --preset da needs");
  if (files.mnist_test.empty() != files.mnist_test_labels.empty()) {
    throw UsageError("--mnist-test and --mnist-test-labels: expected both or none");
  }
}

/// A law, where the name begins with one, else a file.
Dataset read_dataset(const std::string& option, const std::string& name) {
  const std::vector<std::string>& kinds = sample_kinds();
  if (std::find(kinds.begin(), kinds.end(), name.substr(0, name.find(':'))) == kinds.end()) {
    return Dataset(read_measure(name));
  }
  SampleOptions law = cli::parse_law(option, name);
  sample(law);  // What is wrong with it is said before anything is done.
  return Dataset(law);
}

}  // namespace

bool parse_train(const std::vector<std::string>& words, TrainRequest& request) {
  // The preset first, so that all other options go over it, wherever they stand.
  if (!parse_over(words, Preset::ring, request)) return false;
  if (!parse_over(words, request.preset, request)) return false;
  check_combination(request);
  return true;
}

TrainingData read_data(const TrainRequest& request) {
  if (request.preset == Preset::digits) {
    return read_digit_domains(request.digits, request.direction, request.labelled, request.settings.seed);
  }
  TrainingData data{read_dataset("--source", request.source), read_dataset("--target", request.target), {}, {}};
  if (data.source.dimension() != data.target.dimension()) {
    throw UsageError("--source " + request.source + " is in dimension " + std::to_string(data.source.dimension()) +
                     ", --target " + request.target + " in " + std::to_string(data.target.dimension()) +
                     ": both must have the same dimension");
  }
  return data;
}

std::string describe_run(const TrainRequest& request, const TrainingData& data, const EvaluationBatch& batch) {
  const Settings& settings = request.settings;
  const auto print_of = [](const Dataset& dataset) {
    const DiscreteMeasure* cloud = dataset.cloud();
    return cloud == nullptr ? std::string() : cli::fingerprint(*cloud);
  };
  const auto widths = [](const LayerOptions& layers) {
    std::string text;
    for (const Index width : layers.widths) text += (text.empty() ? "" : ",") + std::to_string(width);
    return text;
  };
  const bool is_ring = request.preset == Preset::ring;
  const DigitFiles& digits = request.digits;
  cli::JsonObject json;
  json.add("command", "train");
  json.add("version", std::string(version()));
  json.add("libtorch", TORCH_VERSION);
  json.add("preset", is_ring ? "ring" : "da");
  json.add("method", to_string(settings.method));
  json.add("iterations", request.schedule.iterations);
  json.add("eval_every", request.schedule.eval_every);
  json.add("eval_size", request.eval_size);
  json.add("checkpoint_every", request.schedule.checkpoint_every);
  json.add("particles_every", request.schedule.particles_every);
  json.add("seed", std::to_string(settings.seed));  // Beyond 2^53 a JSON number loses digits.
  json.add("threads", settings.threads);
  json.add("k", settings.persistence);
  json.add("epsilon", settings.epsilon);
  json.add("hinge", to_string(settings.hinge));
  json.add("lambda", settings.lambda);
  json.add("equality_lambda", settings.equality_lambda);
  json.add("penalty", to_string(settings.penalty));
  json.add("penalty_lambda", settings.penalty_lambda);
  json.add("critic_steps", settings.critic_steps);
  json.add("critic_rate", settings.critic_rate);
  json.add("generator_rate", settings.generator_rate);
  json.add("rate_half_life", settings.rate_half_life);
  json.add("optimizer", to_string(settings.optimizer));
  json.add("beta1", settings.beta1);
  json.add("beta2", settings.beta2);
  json.add("batch", settings.batch);
  json.add("generator_widths", widths(settings.generator));
  json.add("generator_std", settings.generator.std);
  json.add("batch_norm", settings.generator.batch_norm);
  json.add("tanh_scale", settings.tanh_scale);
  json.add("potential_widths", widths(settings.potentials));
  json.add("potential_std", settings.potentials.std);
  json.add("precision", to_string(settings.precision));
  json.add("dimension", data.target.dimension());
  json.add("source", is_ring ? request.source : "");
  json.add("target", is_ring ? request.target : "");
  json.add("source_fingerprint", print_of(data.source));
  json.add("target_fingerprint", print_of(data.target));
  json.add("usps", digits.usps);
  json.add("usps_test", digits.usps_test);
  json.add("mnist", digits.mnist);
  json.add("mnist_labels", digits.mnist_labels);
  json.add("mnist_test", digits.mnist_test);
  json.add("mnist_test_labels", digits.mnist_test_labels);
  json.add("direction", request.direction == Direction::usps_to_mnist ? "usps-mnist" : "mnist-usps");
  json.add("labelled", request.labelled);
  json.add("test_fingerprint", cli::fingerprint(batch.labelled_test.points));
  json.add("fixed_batch_fingerprint", cli::fingerprint(batch.data));
  return json.text();
}

bool goes_on(const TrainRequest& request, const std::string& description) {
  return cli::goes_on(request.out, request.resume, description,
                      {"iterations", "checkpoint_every", "particles_every", "usps", "usps_test", "mnist",
                       "mnist_labels", "mnist_test", "mnist_test_labels"});
}

}  // namespace brenier::trainer
