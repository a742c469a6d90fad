#include "search/packed_targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/vector_unit.hpp"

namespace brenier::search {
namespace {

constexpr Index pack_size = PackedTargets::pack_size;

/// What the kernels see of the packed targets.
struct Packs {
  int order;
  Index dimension;
  const double* coordinates;
  const double* psi;
};

/// squares[j] += Σ (x[k] − y[k][j])² over the next `count` coordinates k, added one after the other.
template <int count>
BRENIER_INLINE void add_squares(const double* x, const double* y, double* squares) {
  for (Index j = 0; j < pack_size; ++j) {
    double sum = squares[j];
    for (Index k = 0; k < count; ++k) {
      const double difference = x[k] - y[k * pack_size + j];
      sum += difference * difference;
    }
    squares[j] = sum;
  }
}

/// priced[j] = c(x, y) − ψ(y) for the targets of one pack.
BRENIER_INLINE void price(const Packs& packs, Index pack, const double* x, double* priced) {
  const double* y = packs.coordinates + pack * packs.dimension * pack_size;
  const double* psi = packs.psi + pack * pack_size;
  for (Index j = 0; j < pack_size; ++j) priced[j] = 0.0;
  Index k = 0;
  for (; k + 8 <= packs.dimension; k += 8) add_squares<8>(x + k, y + k * pack_size, priced);
  for (; k + 2 <= packs.dimension; k += 2) add_squares<2>(x + k, y + k * pack_size, priced);
  for (; k < packs.dimension; ++k) add_squares<1>(x + k, y + k * pack_size, priced);
  if (packs.order == 2) {
    for (Index j = 0; j < pack_size; ++j) priced[j] = 0.5 * priced[j] - psi[j];
  } else {
    for (Index j = 0; j < pack_size; ++j) priced[j] = std::sqrt(priced[j]) - psi[j];
  }
}

/// The smallest of a pack's values: eight running minima, so that no step waits for the one before.
BRENIER_INLINE double smallest(const double* priced) {
  constexpr Index lanes = 8;
  double minima[lanes];
  for (Index l = 0; l < lanes; ++l) minima[l] = priced[l];
  for (Index j = lanes; j < pack_size; j += lanes) {
    for (Index l = 0; l < lanes; ++l) minima[l] = priced[j + l] < minima[l] ? priced[j + l] : minima[l];
  }
  return *std::min_element(minima, minima + lanes);
}

BRENIER_KERNEL void search_packs(const Packs& packs, Index first, Index last, const double* x, Cheapest& best) {
  for (Index pack = first; pack < last; ++pack) {
    double priced[pack_size];
    price(packs, pack, x, priced);
    const double value = smallest(priced);
    if (value < best.value) best = {value, pack * pack_size + (std::find(priced, priced + pack_size, value) - priced)};
  }
}

BRENIER_KERNEL void price_packs(const Packs& packs, Index count, const double* x, double* row) {
  for (Index pack = 0; pack < count; ++pack) price(packs, pack, x, row + pack * pack_size);
}

}  // namespace

PackedTargets::PackedTargets(GroundCost cost, const Points& targets)
    : cost_(cost),
      size_(targets.rows()),
      dimension_(targets.cols()),
      coordinates_(static_cast<std::size_t>(packs() * pack_size * dimension_)),
      psi_(static_cast<std::size_t>(packs() * pack_size), -std::numeric_limits<double>::infinity()) {
  for (Index j = 0; j < size_; ++j) {
    double* place = coordinates_.data() + j / pack_size * pack_size * dimension_ + j % pack_size;
    for (Index k = 0; k < dimension_; ++k) place[k * pack_size] = targets(j, k);
  }
  std::fill_n(psi_.begin(), size_, 0.0);
}

void PackedTargets::set_potential(const Vector& psi) { std::copy_n(psi.data(), size_, psi_.begin()); }

void PackedTargets::priced_costs(const double* x, double* row) const {
  price_packs({cost_.order(), dimension_, coordinates_.data(), psi_.data()}, packs(), x, row);
}

void PackedTargets::search(Index first, Index last, const double* x, Cheapest& best) const {
  search_packs({cost_.order(), dimension_, coordinates_.data(), psi_.data()}, first, last, x, best);
}

}  // namespace brenier::search
