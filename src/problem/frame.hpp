#pragma once

#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"

namespace brenier {

/// Coordinates in which a problem is solved and judged, and the way back to those of the input.
///
/// Each cloud is moved by a centre, then both are divided by the power of two 2ᵉ that brings the largest coordinate
/// between 1 and 2, so that squares do not overflow. Nothing is lost on the way: a centre is taken only where to
/// subtract it rounds no coordinate of any point with mass. So differences of framed coordinates, and the costs made of
/// them, are those of the given coordinates, right to a few units in their own last place, whatever else is in the
/// clouds.
///
/// p = 1: one centre for both clouds; costs and potentials scale by 2ᵉ.
/// p = 2: the centres m_s, m_t may differ. With x = m_s + 2ᵉx′, y = m_t + 2ᵉy′ and δ = (m_s − m_t)/2ᵉ,
///     ½|x − y|² = 2²ᵉ ( ½|x′ − y′|² + s(x′) + t(y′) ),   s(x′) = ⟨x′ − x̄′, δ⟩ + h,   t(y′) = −⟨y′ − ȳ′, δ⟩ + h
/// with h = ½⟨x̄′ − ȳ′, δ⟩ + ¼|δ|², so the plan stays optimal and the potentials change by the affine functions s and t,
/// which have the same mean h.
/// Where two clouds are far apart next to their size, and yet no centre is exact for all points, the way between the
/// medians is taken off all the same: `is_exact` is then false, points are off by half a unit in the last place, and
/// the certificate goes back to the given coordinates.
///
/// A coordinate in which all points of each cloud (p = 2), or of both (p = 1), have the same value tells no points
/// apart and is left out: points of a plane in space are points of the plane, images lose the pixels that are always
/// black.
class Frame {
 public:
  /// @throws std::invalid_argument when the coordinates are so far apart that their squares leave the range of a
  /// double.
  Frame(int order, const DiscreteMeasure& source, const DiscreteMeasure& target);

  /// Gives the memory of x′ and y′ back, until they are made anew: nothing else is lost.
  void release_points();

  /// Makes x′ and y′ from the clouds that the frame was made for, the same bits as before. O((n + m) d).
  void make_points(const Points& source, const Points& target);

  /// d′, at least 1.
  Index dimension() const { return static_cast<Index>(coordinates_.size()); }

  const Points& sources() const { return sources_; }  ///< x′, n×d′.
  const Points& targets() const { return targets_; }  ///< y′, m×d′.

  /// True where x′ and y′ with mass are exactly the points moved and scaled.
  bool is_exact() const { return is_exact_; }

  /// e: a length of 1 in the frame is 2ᵉ in the input's units, a cost of 1 is 2^(p·e).
  int exponent() const { return exponent_; }

  /// A cost of the frame in the input's units; zero where it is too small for a double.
  double to_input(double cost) const;

  Potentials to_input(const Potentials& framed) const;

  /// Potentials of the input in the frame's unit of cost.
  Potentials scaled(const Potentials& potentials) const;
  Potentials to_frame(const Potentials& potentials) const;

  /// ψ alone.
  Vector psi_to_frame(const Vector& psi) const;

  /// The given coordinate that framed coordinate k comes from.
  const std::vector<Index>& coordinates() const { return coordinates_; }

  /// m_s and m_t, for all given coordinates.
  const Vector& source_centre() const { return source_centre_; }
  const Vector& target_centre() const { return target_centre_; }

 private:
  Vector source_shift() const;  ///< s(x′ᵢ), made anew each time: memory is dearer.
  Vector target_shift() const;  ///< t(y′ⱼ).

  int order_;
  Points sources_;
  Points targets_;
  bool is_exact_ = true;
  int exponent_ = 0;
  std::vector<Index> coordinates_;
  Vector source_centre_;
  Vector target_centre_;
  Vector offset_;              ///< The d′ entries of δ; zero for p = 1.
  double source_shift_ = 0.0;  ///< s(0).
  double target_shift_ = 0.0;  ///< t(0).
};

/// v · 2ᵏ, also where 2ᵏ is no double.
Vector times_power_of_two(const Vector& v, int k);

}  // namespace brenier
