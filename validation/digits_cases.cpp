#include "digits_cases.hpp"

#include <cmath>
#include <vector>

#include "brenier/nearest_neighbour.hpp"
#include "digits.hpp"
#include "flow_statements.hpp"
#include "number_text.hpp"

namespace brenier::validation {
namespace {

/// The part of the images for which a particle of another label is at most `doubt` further than the nearest one.
double doubtful_part(const Points& particles, const std::vector<int>& labels, const Points& images, double doubt) {
  const NearestNeighbours nearest = nearest_neighbours(particles, images);
  const auto told = [&](Index q) {
    return labels[static_cast<std::size_t>(nearest.index[static_cast<std::size_t>(q)])];
  };
  Index doubtful = 0;
  for (int digit = 0; digit < 10; ++digit) {
    std::vector<Index> others, queries;
    for (Index i = 0; i < particles.rows(); ++i) {
      if (labels[static_cast<std::size_t>(i)] != digit) others.push_back(i);
    }
    for (Index q = 0; q < images.rows(); ++q) {
      if (told(q) == digit) queries.push_back(q);
    }
    const Vector other = nearest_neighbours(particles(others, Eigen::all), images(queries, Eigen::all)).distance;
    for (std::size_t k = 0; k < queries.size(); ++k) {
      if (other[static_cast<Index>(k)] - nearest.distance[queries[k]] <= doubt) ++doubtful;
    }
  }
  return static_cast<double>(doubtful) / static_cast<double>(images.rows());
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
  const auto accuracy = [&](const Points& labelled) {
    return nearest_neighbour_accuracy(labelled, train.labels, unseen.images, unseen.labels);
  };
  report("no map", accuracy(source.points()));

  FlowOptions options;
  options.step = 0.2;
  options.displacement = Displacement::matching;
  FlowUnderTest flow(source, target, options, setting);
  for (const Index n : {2, 4, 8, 16}) {
    flow.advance_to(n);
    report("flow at t = " + text(flow.state().record.time), accuracy(flow.state().particles));
  }
  const Index last = 60;
  flow.advance_to(last);

  // Not from the flow: the map of a solve of its own.
  const Solution solution = solve_cold(source, target, 2, setting);
  const DisplacedParticles mapped = displace(source, target, solution.plan, Displacement::matching);
  // Each particle is (1 − ε)ⁿ of its way from its image: a nearest neighbour whose lead is above twice that stays one.
  const double way = (mapped.images - mapped.points).rowwise().norm().maxCoeff();
  const double rest = std::pow(1.0 - options.step, static_cast<double>(last)) * way;
  const double exact = accuracy(mapped.images);
  report("exact map", exact);
  claims.push_back({"seed " + std::to_string(seed) + ": accuracy at the end of the flow = that of the exact map",
                    accuracy(flow.state().particles), exact,
                    doubtful_part(mapped.images, train.labels, unseen.images, 2.0 * rest)});
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
