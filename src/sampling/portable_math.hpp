#pragma once

namespace brenier::sampling {

/// ln x for a normal x > 0, within a few units in the last place (of 1 for x near 1).
///
/// Made of + − × ÷ only, so that every machine gives the same bits; so are the functions below.
double portable_log(double x);

/// A point on the unit circle.
struct UnitVector {
  double cosine = 1.0;
  double sine = 0.0;
};

/// The point at the angle of that many turns (2π each), exact at multiples of a quarter turn.
UnitVector unit_vector(double turns);

}  // namespace brenier::sampling
