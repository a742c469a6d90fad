#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "brenier/types.hpp"
#include "search/matrix/float_product.hpp"

namespace brenier::search {

/// Half squared distances between two clouds in float32, by matrix products, each with a proven bound of its error.
///
/// For rows x and columns y, centred at the columns' median and divided by a power of two s, both in double,
///     q(x, y) = ⟨(x, ½|x|², 1), (−y, 1, ½|y|²)⟩ ≈ ½|x − y|² / s²
/// is one product of float32 vectors with d + 2 entries.
///
/// Error. Let u = 2⁻²⁴ be the unit roundoff. Rounding the factors to float32 changes each of the d + 2 terms by
/// (1 + u)²; a sum of d + 2 products, whatever the order of summation and with or without fused operations, multiplies
/// each of them by at most d + 2 further factors (1 + δ), |δ| ≤ u (Higham, Accuracy and Stability of Numerical
/// Algorithms, 2002, section 3.1). The terms' absolute values sum up to at most ½(|x| + |y|)², so
///     |q − ½|x − y|²/s²| ≤ γ ½(|x| + |y|)² ≤ γ|x|² + γ|y|²,   γ = ku/(1 − ku), k = d + 4.
/// The bound takes k = d + 16: the surplus holds the rounding of everything in double (the centring changes a
/// coordinate by 2⁻⁵³ of its centred value, and the sequential sum of d squares by 2⁻⁵³(d + 3) of itself), and up to
/// four more roundings, relative to q, of whoever goes on computing with q in float32. What underflows is below 2⁻¹²⁴ a
/// term.
///
/// Where coordinates are beyond 2^±500, or d is beyond 2²⁰, the error is infinite: nothing is known, nothing is wrong.
class RoundedCosts {
 public:
  /// O((n + m) d). Keeps no reference to the points.
  RoundedCosts(const Points& rows, const Points& columns, int threads);

  /// Computes the first rows once and for all, as many as `bytes` hold; asks now and then whether to stop. Without it
  /// rows are computed whenever they are read.
  void keep(double bytes, int threads, const std::function<bool()>& stop);

  /// Bytes of all rows.
  static double bytes(Index rows, Index columns);

  /// Bytes of a table that keeps none.
  static double least_bytes(Index rows, Index columns, Index dimension);

  Index rows() const { return rows_; }
  Index columns() const { return columns_; }

  /// Entries of a row of q: the columns, and what fills them up to a multiple of 32.
  Index stride() const { return panels_.padded_vectors(); }

  /// s: lengths are measured in it.
  double unit() const { return unit_; }

  /// |q − ½|x − y|²/s²| ≤ row_error[x] + column_error[y].
  const std::vector<float>& row_error() const { return row_error_; }
  const std::vector<float>& column_error() const { return column_error_; }

  /// Reads rows, a few at a time. One for each thread.
  class Reader {
   public:
    explicit Reader(const RoundedCosts& costs) : costs_(costs) {}

    /// q[k] = row rows[k], for k < count. Valid until the next call.
    void read(const Index* rows, Index count, const float** q);

    /// Bytes of one that makes all rows anew, as many at a time as is best.
    static double bytes(Index columns, Index dimension);

   private:
    const RoundedCosts& costs_;
    std::vector<float> left_;
    std::vector<float> product_;
  };

  /// Rows that are best read together.
  Index rows_at_a_time() const { return rows_at_a_time(stride()); }

 private:
  static Index rows_at_a_time(Index stride);

  Index rows_;
  Index columns_;
  double unit_ = 1.0;
  std::vector<float> left_;  ///< rows × (d + 2).
  FloatPanels panels_;
  std::vector<float> row_error_;
  std::vector<float> column_error_;
  std::unique_ptr<float[]> kept_;
  Index kept_rows_ = 0;
};

}  // namespace brenier::search
