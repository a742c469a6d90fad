#include "pricing/packed_targets.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

// One binary for every processor: the kernels are compiled twice and the loader picks the AVX2 copy where it can run.
// Sanitizers are not ready yet when the loader asks, so they get one copy; so do compilers other than GCC.
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define BRENIER_KERNEL __attribute__((target_clones("avx2", "default")))
#else
#define BRENIER_KERNEL
#endif
#define BRENIER_INLINE inline __attribute__((always_inline))

namespace brenier::pricing {
namespace {

constexpr Index lanes = PackedTargets::lanes;

using Lanes = double __attribute__((vector_size(lanes * sizeof(double))));
using LaneIndices = std::int64_t __attribute__((vector_size(lanes * sizeof(std::int64_t))));

/// What the kernels see of the packed targets.
struct Packs {
  int order;
  Index dimension;
  const double* coordinates;
  const double* psi;
};

BRENIER_INLINE void load(const double* from, Lanes& to) { std::memcpy(&to, from, sizeof to); }

/// priced[q] = c(x_q, y) − ψ(y) for the eight targets of one pack and `count` points in rows at x.
template <int count>
BRENIER_INLINE void price(const Packs& packs, Index pack, const double* x, Lanes* priced) {
  const double* y = packs.coordinates + pack * packs.dimension * lanes;
  for (int q = 0; q < count; ++q) priced[q] = Lanes{};
  for (Index k = 0; k < packs.dimension; ++k) {
    Lanes coordinate;
    load(y + k * lanes, coordinate);
    for (int q = 0; q < count; ++q) {
      const Lanes difference = x[q * packs.dimension + k] - coordinate;
      priced[q] += difference * difference;
    }
  }
  Lanes psi;
  load(packs.psi + pack * lanes, psi);
  for (int q = 0; q < count; ++q) {
    if (packs.order == 2) {
      priced[q] *= 0.5;
    } else {
      for (Index l = 0; l < lanes; ++l) priced[q][l] = std::sqrt(priced[q][l]);
    }
    priced[q] -= psi;
  }
}

template <int count>
BRENIER_INLINE void search(const Packs& packs, Index first, Index last, const double* x, Cheapest* best) {
  Lanes value[count];
  LaneIndices pack_of[count];
  for (int q = 0; q < count; ++q) {
    value[q] = Lanes{} + best[q].value;
    pack_of[q] = LaneIndices{} - 1;
  }
  for (Index pack = first; pack < last; ++pack) {
    Lanes priced[count];
    price<count>(packs, pack, x, priced);
    for (int q = 0; q < count; ++q) {
      const LaneIndices better = priced[q] < value[q];
      value[q] = better ? priced[q] : value[q];
      pack_of[q] = better ? LaneIndices{} + pack : pack_of[q];
    }
  }
  for (int q = 0; q < count; ++q) {
    for (Index l = 0; l < lanes; ++l) {
      if (pack_of[q][l] < 0) continue;
      const Index target = pack_of[q][l] * lanes + l;
      if (value[q][l] < best[q].value || (value[q][l] == best[q].value && target < best[q].target)) {
        best[q] = {value[q][l], target};
      }
    }
  }
}

BRENIER_KERNEL void search_one(const Packs& packs, Index first, Index last, const double* x, Cheapest* best) {
  search<1>(packs, first, last, x, best);
}

/// Two points at once share the loads of the targets and keep twice as many sums in flight.
BRENIER_KERNEL void search_two(const Packs& packs, Index first, Index last, const double* x, Cheapest* best) {
  search<2>(packs, first, last, x, best);
}

BRENIER_KERNEL void price_all(const Packs& packs, Index count, const double* x, double* row) {
  for (Index pack = 0; pack < count; ++pack) {
    Lanes priced;
    price<1>(packs, pack, x, &priced);
    std::memcpy(row + pack * lanes, &priced, sizeof priced);
  }
}

}  // namespace

PackedTargets::PackedTargets(GroundCost cost, const Points& targets)
    : cost_(cost),
      size_(targets.rows()),
      dimension_(targets.cols()),
      coordinates_(static_cast<std::size_t>(packs() * lanes * dimension_)),
      psi_(static_cast<std::size_t>(packs() * lanes), -std::numeric_limits<double>::infinity()) {
  for (Index j = 0; j < size_; ++j) {
    double* place = coordinates_.data() + j / lanes * lanes * dimension_ + j % lanes;
    for (Index k = 0; k < dimension_; ++k) place[k * lanes] = targets(j, k);
  }
  std::fill_n(psi_.begin(), size_, 0.0);
}

void PackedTargets::set_potential(const Vector& psi) { std::copy_n(psi.data(), size_, psi_.begin()); }

void PackedTargets::priced_costs(const double* x, double* row) const {
  price_all({cost_.order(), dimension_, coordinates_.data(), psi_.data()}, packs(), x, row);
}

void PackedTargets::search(Index first, Index last, const double* x, Index count, Cheapest* best) const {
  const Packs packs{cost_.order(), dimension_, coordinates_.data(), psi_.data()};
  Index i = 0;
  for (; i + 2 <= count; i += 2) search_two(packs, first, last, x + i * dimension_, best + i);
  if (i < count) search_one(packs, first, last, x + i * dimension_, best + i);
}

}  // namespace brenier::pricing
