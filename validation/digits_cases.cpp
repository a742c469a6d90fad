#include "digits_cases.hpp"

#include <cmath>
#include <limits>

#include "digits.hpp"
#include "flow_statements.hpp"
#include "number_text.hpp"

namespace brenier::validation {
namespace {

/// What the nearest of labelled particles says of images that it has not seen.
struct Classification {
  double accuracy = 0.0;

  /// The part of the images for which a particle of another label is at most `doubt` further than the nearest one.
  double doubtful = 0.0;
};

/// @param doubt how much the difference of two distances may change and is still to be counted.
Classification classify(const Points& particles, const std::vector<int>& labels, const Digits& unseen, double doubt) {
  const Vector norms = particles.rowwise().squaredNorm();
  Index right = 0, doubtful = 0;
  for (Index q = 0; q < unseen.images.rows(); ++q) {
    const Eigen::RowVectorXd query = unseen.images.row(q);
    const Vector squares = norms - 2.0 * (particles * query.transpose());  // But for |query|², the same for all.
    Index nearest = 0;
    squares.minCoeff(&nearest);
    const int label = labels[static_cast<std::size_t>(nearest)];
    double other = std::numeric_limits<double>::infinity();
    for (Index i = 0; i < squares.size(); ++i) {
      if (labels[static_cast<std::size_t>(i)] != label) other = std::min(other, squares[i]);
    }
    const double own_norm = query.squaredNorm();
    const auto distance = [own_norm](double square) { return std::sqrt(std::max(0.0, square + own_norm)); };
    right += label == unseen.labels[static_cast<std::size_t>(q)] ? 1 : 0;
    doubtful += distance(other) - distance(squares[nearest]) <= doubt ? 1 : 0;
  }
  const auto number = static_cast<double>(unseen.images.rows());
  return {static_cast<double>(right) / number, static_cast<double>(doubtful) / number};
}

/// One draw of the adaptation.
void add_adaptation(Claims& claims, const Digits& usps, const Digits& mnist, std::uint64_t seed,
                    const Setting& setting) {
  constexpr Index particles = 1000, unseen_images = 1000;
  const Digits train = draw(usps, particles, seed);
  // Drawn at once, so that no image is in both.
  const Digits both = draw(mnist, particles + unseen_images, seed);
  const DiscreteMeasure source(train.images);
  const DiscreteMeasure target(Points(both.images.topRows(particles)));
  const Digits unseen{both.images.bottomRows(unseen_images), {both.labels.begin() + particles, both.labels.end()}};
  const auto report = [&](const std::string& where, double accuracy) {
    claims.push_back(
        {"seed " + std::to_string(seed) + ": 1-NN accuracy, " + where, accuracy, 0.0, 0.0, Relation::reported});
  };
  report("no map", classify(source.points(), train.labels, unseen, 0.0).accuracy);

  FlowOptions options;
  options.step = 0.2;
  options.displacement = Displacement::matching;
  FlowUnderTest flow(source, target, options, setting);
  for (const Index n : {2, 4, 8, 16}) {
    flow.advance_to(n);
    report("flow at t = " + text(flow.state().record.time),
           classify(flow.state().particles, train.labels, unseen, 0.0).accuracy);
  }
  const Index last = 60;
  flow.advance_to(last);

  // Not from the flow: the map of a solve of its own.
  const Solution solution = solve_cold(source, target, 2, setting);
  const DisplacedParticles mapped = displace(source, target, solution.plan, Displacement::matching);
  // Each particle is (1 − ε)ⁿ of its way from its image: a nearest neighbour whose lead is above twice that stays one.
  const double way = (mapped.images - mapped.points).rowwise().norm().maxCoeff();
  const double rest = std::pow(1.0 - options.step, static_cast<double>(last)) * way;
  const Classification exact = classify(mapped.images, train.labels, unseen, 2.0 * rest);
  report("exact map", exact.accuracy);
  claims.push_back({"seed " + std::to_string(seed) + ": accuracy at the end of the flow = that of the exact map",
                    classify(flow.state().particles, train.labels, unseen, 0.0).accuracy, exact.accuracy,
                    exact.doubtful});
}

}  // namespace

Claims digits(const Setting& setting) {
  constexpr Index images = 500;
  const Digits mnist = draw(read_mnist(setting.data.mnist), images, 1);
  const Digits usps = draw(read_usps(setting.data.usps), images, 1);
  return all_flow_statements(DiscreteMeasure(mnist.images), DiscreteMeasure(usps.images), Displacement::matching,
                             setting);
}

Claims adaptation(const Setting& setting) {
  const Digits usps = read_usps(setting.data.usps);
  const Digits mnist = read_mnist(setting.data.mnist, setting.data.mnist_labels);
  Claims claims;
  for (const std::uint64_t seed : {1, 2, 3}) add_adaptation(claims, usps, mnist, seed, setting);
  return claims;
}

}  // namespace brenier::validation
