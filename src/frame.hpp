#pragma once

#include "brenier/discrete_measure.hpp"
#include "brenier/potentials.hpp"

namespace brenier {

/// Coordinates in which a problem is solved and judged, and the way back to those of the input.
///
/// Points are centred, then divided by the power of two 2ᵉ that brings the largest coordinate between 1 and 2: squares
/// neither overflow nor vanish, and differences of costs lose no digits, wherever the clouds are and whatever the unit.
///
/// p = 1: one centre for both clouds; costs and potentials scale by 2ᵉ.
/// p = 2: each cloud x, y has its own mean m_s, m_t. With x = m_s + 2ᵉx′, y = m_t + 2ᵉy′ and δ = (m_s − m_t)/2ᵉ,
///     ½|x − y|² = 2²ᵉ ( ½|x′ − y′|² + s(x′) + t(y′) ),   s(x′) = ⟨x′, δ⟩ + ¼|δ|²,   t(y′) = −⟨y′, δ⟩ + ¼|δ|²,
/// so the plan stays optimal and the potentials change by the affine functions s and t.
///
/// A coordinate that is zero at all x′ and y′ then, since it does not tell points apart, is left out: points of a plane
/// in space are points of the plane, images lose the pixels that are always black.
class Frame {
 public:
  /// @throws std::invalid_argument when the coordinates are so far apart, or so close, that their squares leave the
  /// range of a double.
  Frame(int order, const DiscreteMeasure& source, const DiscreteMeasure& target);

  /// d′, at least 1.
  Index dimension() const { return sources_.cols(); }

  const Points& sources() const { return sources_; }  ///< x′, n×d′.
  const Points& targets() const { return targets_; }  ///< y′, m×d′.

  /// What a cost of 1 in the frame is in the input's units: 2^(p·e).
  double cost_unit() const { return cost_unit_; }

  /// Σ aᵢ s(x′ᵢ) + Σ bⱼ t(y′ⱼ): what every plan with these marginals costs on top of Σ πᵢⱼ c_p(x′ᵢ, y′ⱼ), in the
  /// frame's units.
  double fixed_cost(const Vector& a, const Vector& b) const;

  Potentials to_input(const Potentials& framed) const;
  Potentials to_frame(const Potentials& potentials) const;

 private:
  Vector source_shift() const;  ///< s(x′ᵢ), made anew each time: memory is dearer.
  Vector target_shift() const;  ///< t(y′ⱼ).

  Points sources_;
  Points targets_;
  double cost_unit_ = 1.0;
  Vector offset_;       ///< The d′ entries of δ; zero for p = 1.
  double shift_ = 0.0;  ///< ¼|δ|², over all entries.
};

}  // namespace brenier
