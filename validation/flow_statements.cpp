#include "flow_statements.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "brenier/geodesic.hpp"
#include "number_text.hpp"

namespace brenier::validation {
namespace {

/// Roundings of a coordinate of `Geodesic::at`: 1 − s, two products, one sum.
constexpr double geodesic_roundings = 4.0;

/// Roundings of a coordinate after n steps of order 2. Each step adds those of 1 − ε, two products and a sum, and
/// shrinks the earlier ones by 1 − ε.
double euler_roundings(double step, Index n) { return 4.0 * std::min(static_cast<double>(n), 1.0 / step); }

/// After n steps of order 1, which shrink nothing: a quotient, a difference, a product, a sum each, and an error of the
/// direction that is smaller than these.
double w1_roundings(Index n) { return 6.0 * static_cast<double>(n); }

}  // namespace

FlowStatements::FlowStatements(DiscreteMeasure source, DiscreteMeasure target, Displacement displacement,
                               const Setting& setting)
    : source_(std::move(source)),
      target_(std::move(target)),
      displacement_(displacement),
      setting_(setting),
      first_(solve_cold(source_, target_, 2, setting)),
      start_(distance_of(first_, source_, target_)),
      first_w1_(solve_cold(source_, target_, 1, setting)),
      start_w1_(distance_of(first_w1_, source_, target_)) {}

void FlowStatements::add_geodesic(Claims& claims) const {
  const Geodesic geodesic(source_, target_, first_.plan, displacement_);
  const std::vector<std::pair<double, double>> pairs = {{0.0, 0.25}, {0.1, 0.9}, {0.5, 1.0}};
  for (const auto& [r, s] : pairs) {
    const ExactDistance distance = cold_distance(geodesic.at(r), geodesic.at(s), 2, setting_);
    const double bound = distance.uncertainty + (s - r) * start_.uncertainty + rounding(2 * geodesic_roundings);
    claims.push_back({"1  W2(b_" + text(r) + ", b_" + text(s) + ") = " + text(s - r) + " W0", distance.value,
                      (s - r) * start_.value, bound});
  }
}

void FlowStatements::add_gradient_flow(Claims& claims) const {
  const Geodesic geodesic(source_, target_, first_.plan, displacement_);
  for (const double t : {0.5, 2.0}) {
    const double rest = std::exp(-t);
    const DiscreteMeasure cloud = geodesic.at_time(t);
    const ExactDistance distance = to_target(cloud, 2);
    const double bound = distance.uncertainty + rest * start_.uncertainty + rounding(geodesic_roundings + 1.0);
    claims.push_back(
        {"2  W2(mu*_" + text(t) + ", target) = e^-" + text(t) + " W0", distance.value, rest * start_.value, bound});

    FlowOptions options;
    options.displacement = displacement_;
    const FlowUnderTest here(cloud, target_, options, setting_);
    claims.push_back({"3  |grad phi| at mu*_" + text(t) + " = e^-" + text(t) + " W0", here.state().record.velocity_norm,
                      rest * start_.value, bound});
  }

  // A central difference of −½W₀²e^{−2t} is too steep by the factor sinh(2h)/2h − 1, which is (2h)²/6 and 0.1 % more at
  // most. Each of the two losses is off by W·δW.
  const double t = 0.5, h = 1e-3;
  const ExactDistance before = to_target(geodesic.at_time(t - h), 2);
  const ExactDistance after = to_target(geodesic.at_time(t + h), 2);
  const double slope = (after.value * after.value - before.value * before.value) / (4.0 * h);
  const double predicted = -std::exp(-2.0 * t) * start_.value * start_.value;
  const double cloud_error = rounding(geodesic_roundings + 1.0);
  const double losses_error =
      after.value * (after.uncertainty + cloud_error) + before.value * (before.uncertainty + cloud_error);
  const double bound = 1.001 * std::pow(2.0 * h, 2) / 6.0 * std::abs(predicted) + losses_error / (2.0 * h) +
                       2.0 * start_.value * start_.uncertainty;
  claims.push_back({"4  dJ/dt at t = " + text(t) + " = -|grad phi|^2", slope, predicted, bound});
}

void FlowStatements::add_euler(Claims& claims) const {
  const double step = 0.1;
  const Geodesic geodesic(source_, target_, first_.plan, displacement_);
  FlowUnderTest particles = flow(2, step);
  for (const Index n : {1, 10, 40}) {
    particles.advance_to(n);
    const DiscreteMeasure cloud = particles.cloud();
    const double rest = std::pow(1.0 - step, static_cast<double>(n));
    const std::string name = "mu_" + std::to_string(n);
    const std::string factor = text(1.0 - step) + "^" + std::to_string(n);
    const double cloud_error = rounding(euler_roundings(step, n));

    const ExactDistance ahead = to_target(cloud, 2);
    const double bound = ahead.uncertainty + rest * start_.uncertainty + cloud_error;
    claims.push_back({"5  W2(" + name + ", target) = " + factor + " W0", ahead.value, rest * start_.value, bound});
    const ExactDistance behind = cold_distance(source_, cloud, 2, setting_);
    claims.push_back({"5  W2(source, " + name + ") = (1 - " + factor + ") W0", behind.value,
                      (1.0 - rest) * start_.value, behind.uncertainty + start_.uncertainty + cloud_error});
    // The cost of any plan is an upper bound: no uncertainty of the solve goes into this one.
    const ExactDistance apart = cold_distance(cloud, geodesic.at(1.0 - rest), 2, setting_);
    claims.push_back({"5  W2(" + name + ", b_(1 - " + factor + ")) = 0", apart.value, 0.0,
                      cloud_error + rounding(geodesic_roundings + 2.0), Relation::at_most});
    claims.push_back({"5  |grad phi| at " + name + " = " + factor + " W0", particles.state().record.velocity_norm,
                      rest * start_.value, bound});
  }
}

void FlowStatements::add_convergence(Claims& claims) const {
  const double t = 1.0;
  const DiscreteMeasure limit = Geodesic(source_, target_, first_.plan, displacement_).at_time(t);
  const std::vector<Index> counts = {32, 64, 128};
  std::vector<double> errors;
  double relative_uncertainty = 0.0;
  for (const Index n : counts) {
    const double step = t / static_cast<double>(n);
    FlowUnderTest particles = flow(2, step);
    particles.advance_to(n);
    const ExactDistance distance = cold_distance(particles.cloud(), limit, 2, setting_);
    const double factor = std::abs(std::pow(1.0 - step, static_cast<double>(n)) - std::exp(-t));
    const double bound = distance.uncertainty + factor * start_.uncertainty +
                         rounding(euler_roundings(step, n) + geodesic_roundings + 1.0);
    const std::string steps = std::to_string(n);
    claims.push_back({"6  W2(mu_" + steps + " for e = 1/" + steps + ", mu*_1) = |(1 - e)^" + steps + " - e^-1| W0",
                      distance.value, factor * start_.value, bound});
    errors.push_back(distance.value);
    relative_uncertainty += bound / distance.value;
  }
  // At t = 1 the error is e⁻¹W₀(ε/2 + 5ε²/24 + O(ε³)), so its slope in the logarithms is 1 + 5ε/12 + O(ε²): less than
  // ε/2 from 1 for the ε here.
  const double octaves = std::log(static_cast<double>(counts.back()) / static_cast<double>(counts.front()));
  const double order = std::log(errors.front() / errors.back()) / octaves;
  const double largest_step = t / static_cast<double>(counts.front());
  claims.push_back({"6  order in e, fitted from e = 1/32 to 1/128, = 1", order, 1.0,
                    largest_step / 2.0 + relative_uncertainty / octaves});
}

void FlowStatements::add_w1_flow(Claims& claims) const {
  double shortest = std::numeric_limits<double>::infinity();
  for (const PlanEntry& entry : first_w1_.plan.entries) {
    shortest = std::min(shortest, (source_.points().row(entry.source) - target_.points().row(entry.target)).norm());
  }
  const double step = shortest / 4.0;
  const Index n = 3;
  FlowUnderTest particles = flow(1, step);
  particles.advance_to(n);
  const ExactDistance distance = to_target(particles.cloud(), 1);
  claims.push_back({"7  W1(mu_3, target) = W1_0 - 3 e, e = a quarter of the shortest way", distance.value,
                    start_w1_.value - static_cast<double>(n) * step,
                    distance.uncertainty + start_w1_.uncertainty + rounding(w1_roundings(n))});
  // The root of the sum of the weights, each rounded once.
  claims.push_back({"7  |grad phi| at mu_3 = 1", particles.state().record.velocity_norm, 1.0, 4.0 * roundoff});
}

void FlowStatements::add_clipped_w1_flow(Claims& claims) const {
  const double step = start_w1_.value / 4.0;
  FlowUnderTest particles = flow(1, step, true);
  for (const Index n : {2, 5}) {
    particles.advance_to(n);
    double predicted = 0.0;
    for (const PlanEntry& entry : first_w1_.plan.entries) {
      const double way = (source_.points().row(entry.source) - target_.points().row(entry.target)).norm();
      predicted += entry.mass * std::max(0.0, way - static_cast<double>(n) * step);
    }
    const ExactDistance distance = to_target(particles.cloud(), 1);
    // The sum above is not compensated: a rounding a term.
    const double sum_error = static_cast<double>(first_w1_.plan.entries.size()) * roundoff * predicted;
    const std::string steps = std::to_string(n);
    claims.push_back({"7  clipped: W1(mu_" + steps + ", target) = sum a (d - " + steps + " e)+, e = W1_0 / 4",
                      distance.value, predicted,
                      distance.uncertainty + start_w1_.uncertainty + rounding(w1_roundings(n)) + sum_error});
  }
}

FlowUnderTest FlowStatements::flow(int order, double step, bool clip) const {
  FlowOptions options;
  options.order = order;
  options.step = step;
  options.clip = clip;
  options.displacement = displacement_;
  return {source_, target_, options, setting_};
}

ExactDistance FlowStatements::to_target(const DiscreteMeasure& cloud, int order) const {
  return cold_distance(cloud, target_, order, setting_);
}

Claims all_flow_statements(DiscreteMeasure source, DiscreteMeasure target, Displacement displacement,
                           const Setting& setting) {
  const FlowStatements statements(std::move(source), std::move(target), displacement, setting);
  Claims claims;
  statements.add_geodesic(claims);
  statements.add_gradient_flow(claims);
  statements.add_euler(claims);
  statements.add_convergence(claims);
  statements.add_w1_flow(claims);
  statements.add_clipped_w1_flow(claims);
  return claims;
}

}  // namespace brenier::validation
