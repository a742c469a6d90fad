#include "methods.hpp"

#include <cmath>
#include <tuple>

#include "brenier/gradient.hpp"
#include "brenier/metrics.hpp"
#include "critic_losses.hpp"
#include "tensors.hpp"

namespace brenier::trainer {
namespace {

std::unique_ptr<torch::optim::Optimizer> make_optimizer(const Settings& settings, double rate,
                                                        std::vector<torch::Tensor> parameters) {
  if (settings.optimizer == OptimizerKind::sgd) {
    return std::make_unique<torch::optim::SGD>(std::move(parameters), torch::optim::SGDOptions(rate));
  }
  return std::make_unique<torch::optim::Adam>(
      std::move(parameters), torch::optim::AdamOptions(rate).betas(std::make_tuple(settings.beta1, settings.beta2)));
}

/// T(y) for each row of y: where the optimal plan of order 2 between the two minibatches sends it.
Points exact_images(const Points& y, const Points& x, int threads) {
  const DiscreteMeasure generated(y), data(x);
  SolveOptions options;
  options.threads = threads;
  return transport_map(generated, data, solve_to_optimality(generated, data, options), threads);
}

void descend(torch::optim::Optimizer& optimizer, const torch::Tensor& loss) {
  optimizer.zero_grad();
  loss.backward();
  optimizer.step();
}

}  // namespace

Training::Training(const Settings& settings, std::shared_ptr<Generator> generator, const Dataset& source,
                   const Dataset& target)
    : settings_(settings), generator_(std::move(generator)), source_(source), target_(target) {
  generator_->train();
  generator_optimizer_ = make_optimizer(settings_, settings_.generator_rate, generator_->parameters());
  if (settings_.method == Method::exact) return;
  potentials_ = std::make_shared<LearnedPotentials>(target.dimension(), settings_);
  critic_optimizer_ = make_optimizer(settings_, settings_.critic_rate, potentials_->parameters());
}

Losses Training::step() {
  Losses losses;
  set_rates();
  if (potentials_) {
    for (Index k = 0; k < settings_.critic_steps; ++k) losses.critic = critic_step(k);
  }
  losses.generator = generator_steps();
  ++iteration_;
  return losses;
}

void Training::set_rates() {
  if (!(settings_.rate_half_life > 0.0)) return;
  const double factor = std::exp2(-static_cast<double>(iteration_) / settings_.rate_half_life);
  const auto set = [&](torch::optim::Optimizer* optimizer, double rate) {
    if (optimizer == nullptr) return;
    for (torch::optim::OptimizerParamGroup& group : optimizer->param_groups()) group.options().set_lr(rate * factor);
  };
  set(generator_optimizer_.get(), settings_.generator_rate);
  set(critic_optimizer_.get(), settings_.critic_rate);
}

double Training::critic_step(Index draw_number) {
  const Index index = iteration_ * (settings_.critic_steps + 1) + draw_number;
  CriticBatch batch;
  {
    const torch::NoGradGuard no_graph;
    batch.y = generator_->forward(draw(source_, Stream::noise, index));
  }
  batch.x = draw(target_, Stream::data, index);
  SampleOptions uniform;
  uniform.kind = "uniform";
  batch.alpha = draw(Dataset(uniform), Stream::interpolation, index);

  const torch::Tensor objective = critic_objective(*potentials_, settings_, batch);
  const double value = checked(objective, "the potentials' objective");
  descend(*critic_optimizer_, -objective);
  return value;
}

torch::Tensor Training::moved_particles(const torch::Tensor& y) {
  if (potentials_) return y - settings_.epsilon * potentials_->phi_gradient(y);
  const torch::Tensor x = draw(target_, Stream::data, iteration_);
  const Points images = exact_images(to_points(y), to_points(x), settings_.threads);
  return y - settings_.epsilon * (y - to_tensor(images, y.scalar_type()));
}

double Training::generator_steps() {
  const Index index = iteration_ * (settings_.critic_steps + 1) + settings_.critic_steps;
  const torch::Tensor z = draw(source_, Stream::noise, index);
  torch::Tensor y = generator_->forward(z);
  const bool follows_particles = is_forward_euler(settings_.method);
  const torch::Tensor zeta = follows_particles ? moved_particles(y.detach()) : torch::Tensor();
  double value = 0.0;
  for (Index k = 0; k < settings_.persistence; ++k) {
    if (k > 0) y = generator_->forward(z);
    const torch::Tensor loss = follows_particles ? (zeta - y).square().sum(1).mean() : potentials_->phi(y).mean();
    value = checked(loss, "the generator's loss");
    descend(*generator_optimizer_, loss);
  }
  return value;
}

torch::Tensor Training::draw(const Dataset& from, Stream stream, Index index) const {
  return to_tensor(from.draw(settings_.batch, stream_seed(settings_.seed, stream, index)),
                   dtype_of(settings_.precision));
}

double Training::checked(const torch::Tensor& loss, const char* whose) const {
  const double value = loss.item<double>();
  if (std::isfinite(value)) return value;
  throw Diverged("iteration " + std::to_string(iteration_ + 1) + ": " + whose + " is " + std::to_string(value) +
                 ", expected a finite number");
}

void Training::save(torch::serialize::OutputArchive& archive) const {
  for (const torch::nn::Module* part : {static_cast<const torch::nn::Module*>(generator_.get()),
                                        static_cast<const torch::nn::Module*>(potentials_.get())}) {
    if (part == nullptr) continue;
    for (const torch::Tensor& parameter : part->parameters()) {
      if (!is_finite(parameter)) {
        throw Diverged("iteration " + std::to_string(iteration_) + ": a weight is not finite any more");
      }
    }
  }
  const auto write = [&archive](const char* name, const auto& part) {
    torch::serialize::OutputArchive inner;
    part.save(inner);
    archive.write(name, inner);
  };
  archive.write("iteration", torch::tensor(iteration_, torch::kInt64), true);
  write("generator", *generator_);
  write("generator_optimizer", *generator_optimizer_);
  if (!potentials_) return;
  write("potentials", *potentials_);
  write("critic_optimizer", *critic_optimizer_);
}

void Training::load(torch::serialize::InputArchive& archive) {
  const auto read = [&archive](const char* name, auto& part) {
    torch::serialize::InputArchive inner;
    archive.read(name, inner);
    part.load(inner);
  };
  torch::Tensor iteration;
  archive.read("iteration", iteration, true);
  iteration_ = iteration.item<std::int64_t>();
  read("generator", *generator_);
  read("generator_optimizer", *generator_optimizer_);
  if (!potentials_) return;
  read("potentials", *potentials_);
  read("critic_optimizer", *critic_optimizer_);
}

}  // namespace brenier::trainer
