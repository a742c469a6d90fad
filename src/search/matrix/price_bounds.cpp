#include "search/matrix/price_bounds.hpp"

#include <cmath>
#include <limits>

#include "numeric/directed_float.hpp"
#include "numeric/vector_unit.hpp"

namespace brenier::search {
namespace {

/// A bound of one price; `radius` is −r for a lower bound and +r for an upper one.
template <int P>
BRENIER_INLINE float bound(float q, float radius, float shift) {
  if constexpr (P == 2) return q + shift;
  const float squared = 2.0F * q + radius;
  return std::sqrt(squared > 0.0F ? squared : 0.0F) + shift;
}

BRENIER_INLINE float smaller(float a, float b) { return b < a ? b : a; }

/// The smallest of a group, by halves, so that the steps are independent of each other.
BRENIER_INLINE float smallest(float* values) {
  for (Index half = group_size / 2; half > 0; half /= 2) {
    for (Index k = 0; k < half; ++k) values[k] = smaller(values[k], values[k + half]);
  }
  return values[0];
}

struct Columns {
  const float* lower;
  const float* upper;
  const float* radius;
};

template <int P>
BRENIER_INLINE void ask_all(const float* q, float row_radius, const Columns& columns, Index groups, float* lower,
                            float* upper) {
  for (Index g = 0; g < groups; ++g) {
    const Index first = g * group_size;
    float low[group_size], high[group_size];
    for (Index k = 0; k < group_size; ++k) {
      const float radius = P == 2 ? 0.0F : row_radius + columns.radius[first + k];
      low[k] = bound<P>(q[first + k], -radius, columns.lower[first + k]);
      high[k] = bound<P>(q[first + k], radius, columns.upper[first + k]);
    }
    lower[g] = smallest(low);
    upper[g] = smallest(high);
  }
}

template <int P>
BRENIER_INLINE void improve_all(const float* q, float shift, float row_radius, const float* radius, Index count,
                                float* upper) {
  for (Index j = 0; j < count; ++j) upper[j] = smaller(upper[j], bound<P>(q[j], row_radius + radius[j], shift));
}

template <int P>
BRENIER_INLINE void find_all(const float* q, float shift, float row_radius, const float* radius, const float* limit,
                             Index groups, unsigned char* below) {
  for (Index g = 0; g < groups; ++g) {
    const Index first = g * group_size;
    int any = 0;
    for (Index k = first; k < first + group_size; ++k) {
      any |= bound<P>(q[k], -(row_radius + radius[k]), shift) > limit[k] ? 0 : 1;
    }
    below[g] = static_cast<unsigned char>(any);
  }
}

BRENIER_KERNEL void ask_kernel(int order, const float* q, float row_radius, const Columns& columns, Index groups,
                               float* lower, float* upper) {
  order == 2 ? ask_all<2>(q, row_radius, columns, groups, lower, upper)
             : ask_all<1>(q, row_radius, columns, groups, lower, upper);
}

BRENIER_KERNEL void improve_kernel(int order, const float* q, float shift, float row_radius, const float* radius,
                                   Index count, float* upper) {
  order == 2 ? improve_all<2>(q, shift, row_radius, radius, count, upper)
             : improve_all<1>(q, shift, row_radius, radius, count, upper);
}

BRENIER_KERNEL void find_kernel(int order, const float* q, float shift, float row_radius, const float* radius,
                                const float* limit, Index groups, unsigned char* below) {
  order == 2 ? find_all<2>(q, shift, row_radius, radius, limit, groups, below)
             : find_all<1>(q, shift, row_radius, radius, limit, groups, below);
}

/// 2E, rounded up.
std::vector<float> doubled(const std::vector<float>& error, double factor) {
  std::vector<float> result;
  result.reserve(error.size());
  for (const float e : error) result.push_back(float_above(2.0 * factor * static_cast<double>(e)));
  return result;
}

}  // namespace

void PayingSide::set(int order, std::size_t point, double error, double psi) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double own_error = order == 2 ? error : 0.0;
  // A few units in the last place, so that adding two doubles cannot turn the enclosure inside out.
  const double margin = std::isfinite(psi) ? 4.0 * std::numeric_limits<double>::epsilon() * std::abs(psi) : 0.0;
  lower[point] = psi == -infinity ? std::numeric_limits<float>::infinity() : float_below(-psi - own_error - margin);
  upper[point] = psi == -infinity ? std::numeric_limits<float>::infinity() : float_above(-psi + own_error + margin);
}

PayingSide paying_side(int order, const std::vector<float>& error) {
  const std::vector<float> left_out(error.size(), std::numeric_limits<float>::infinity());
  const std::vector<float> none(error.size(), 0.0F);
  return {left_out, left_out, order == 1 ? doubled(error, 1.0) : none};
}

AskingSide asking_side(int order, const std::vector<float>& error) {
  const std::vector<float> none(error.size(), 0.0F);
  // The window is added in float32: what that may round off is put on beforehand.
  return order == 1 ? AskingSide{doubled(error, 1.0), none} : AskingSide{none, doubled(error, 1.0 + 1e-6)};
}

void RowBounds::ask_groups(float row_radius, const PayingSide& columns, float* lower, float* upper) const {
  ask_kernel(order_, q_, row_radius, {columns.lower.data(), columns.upper.data(), columns.radius.data()}, groups_,
             lower, upper);
}

void RowBounds::ask_group(float row_radius, const PayingSide& columns, Index group, float* lower) const {
  for (Index k = 0; k < group_size; ++k) {
    const auto j = static_cast<std::size_t>(group * group_size + k);
    lower[k] = order_ == 2 ? bound<2>(q_[j], 0.0F, columns.lower[j])
                           : bound<1>(q_[j], -(row_radius + columns.radius[j]), columns.lower[j]);
  }
}

void RowBounds::improve(float row_upper, float row_radius, const AskingSide& columns, float* upper) const {
  improve_kernel(order_, q_, row_upper, row_radius, columns.radius.data(), groups_ * group_size, upper);
}

void RowBounds::find_below(float row_lower, float row_radius, const AskingSide& columns, const float* limit,
                           unsigned char* below) const {
  find_kernel(order_, q_, row_lower, row_radius, columns.radius.data(), limit, groups_, below);
}

void RowBounds::group_asks(float row_lower, float row_radius, const AskingSide& columns, Index group,
                           float* lower) const {
  for (Index k = 0; k < group_size; ++k) {
    const auto j = static_cast<std::size_t>(group * group_size + k);
    lower[k] =
        order_ == 2 ? bound<2>(q_[j], 0.0F, row_lower) : bound<1>(q_[j], -(row_radius + columns.radius[j]), row_lower);
  }
}

}  // namespace brenier::search
