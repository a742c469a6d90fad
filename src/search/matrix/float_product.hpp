#pragma once

#include <vector>

#include "brenier/types.hpp"

namespace brenier::search {

/// The right factor of float32 products: m vectors of k entries, laid out for the processor's vector units.
///
/// Vectors stand in panels of 16: a panel holds 16 first entries, 16 second entries and so on. Zeros fill
/// up an even number of panels.
class FloatPanels {
 public:
  static constexpr Index width = 16;
  static constexpr Index padding = 32;  ///< What the number of vectors is rounded up to.

  FloatPanels(Index vectors, Index entries);

  float& at(Index vector, Index entry) {
    return values_[static_cast<std::size_t>((vector / width * entries_ + entry) * width + vector % width)];
  }

  Index entries() const { return entries_; }
  Index panels() const { return panels_; }

  /// The number of vectors, rounded up to whole pairs of panels.
  static Index padded(Index vectors);
  Index padded_vectors() const { return panels_ * width; }

  /// product[i·padded_vectors + j] = ⟨left row i, vector j⟩ in float32, rounded in whatever order is fastest on the
  /// processor at hand: results may differ between processors.
  /// @param left rows × k, row-major.  O(rows · m · k), at 70 to 80 % of the peak of a core with AVX2 and FMA.
  void multiply(const float* left, Index rows, float* product) const;

 private:
  Index entries_;
  Index panels_;
  std::vector<float> values_;
};

}  // namespace brenier::search
