#include "search/matrix/float_product.hpp"

#include <cstring>

#include "numeric/vector_unit.hpp"

namespace brenier::search {
namespace {

constexpr Index width = FloatPanels::width;

using FourFloats = float __attribute__((vector_size(16)));
using EightFloats = float __attribute__((vector_size(32)));

/// `rows` rows of the left factor times one panel. The sums stay in registers from the first entry to the last.
template <class Pack, int rows>
BRENIER_INLINE void multiply_tile(const float* left, const float* panel, Index entries, float* product, Index stride) {
  constexpr Index lanes = sizeof(Pack) / sizeof(float);
  constexpr Index packs = width / lanes;
  Pack sums[rows][packs] = {};
  for (Index k = 0; k < entries; ++k) {
    Pack right[packs];
#pragma GCC unroll 4
    for (Index p = 0; p < packs; ++p) std::memcpy(&right[p], panel + k * width + p * lanes, sizeof(Pack));
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      const float factor = left[r * entries + k];
#pragma GCC unroll 4
      for (Index p = 0; p < packs; ++p) sums[r][p] += factor * right[p];
    }
  }
  // Pack by pack: what is copied as a whole would have to live in memory.
#pragma GCC unroll 8
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 4
    for (Index p = 0; p < packs; ++p) std::memcpy(product + r * stride + p * lanes, &sums[r][p], sizeof(Pack));
  }
}

struct Factors {
  const float* left;
  Index rows;
  const float* right;
  Index panels;
  Index entries;
};

/// @tparam tile_rows as many as the registers hold the sums of.
template <class Pack, int tile_rows>
BRENIER_INLINE void multiply_panels(const Factors& factors, float* product) {
  const Index stride = factors.panels * width;
  for (Index panel = 0; panel < factors.panels; ++panel) {
    const float* right = factors.right + panel * factors.entries * width;
    float* out = product + panel * width;
    Index row = 0;
    for (; row + tile_rows <= factors.rows; row += tile_rows) {
      multiply_tile<Pack, tile_rows>(factors.left + row * factors.entries, right, factors.entries, out + row * stride,
                                     stride);
    }
    for (; row < factors.rows; ++row) {
      multiply_tile<Pack, 1>(factors.left + row * factors.entries, right, factors.entries, out + row * stride, stride);
    }
  }
}

void multiply_anywhere(const Factors& factors, float* product) { multiply_panels<FourFloats, 3>(factors, product); }

#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) void multiply_with_avx2(const Factors& factors, float* product) {
  multiply_panels<EightFloats, 6>(factors, product);
}
#endif

}  // namespace

Index FloatPanels::padded(Index vectors) { return (vectors + padding - 1) / padding * padding; }

FloatPanels::FloatPanels(Index vectors, Index entries)
    : entries_(entries),
      panels_(padded(vectors) / width),
      values_(static_cast<std::size_t>(panels_ * width * entries)) {}

void FloatPanels::multiply(const float* left, Index rows, float* product) const {
  const Factors factors{left, rows, values_.data(), panels_, entries_};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return multiply_with_avx2(factors, product);
#endif
  multiply_anywhere(factors, product);
}

}  // namespace brenier::search
