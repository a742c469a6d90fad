#pragma once

#include <cstdint>

namespace brenier::sampling {

/// Random numbers that are the same on every machine: xoshiro256** (Blackman & Vigna, ACM TOMS 47:36, 2021), its state
/// filled from the seed by splitmix64 (Steele, Lea & Flood, OOPSLA 2014).
///
/// The standard library's distributions differ between implementations, and log, sin and cos differ between C
/// libraries. Here everything rests on integers and on + − × ÷ √, which IEEE 754 rounds in one way only.
class Random {
 public:
  explicit Random(std::uint64_t seed);

  /// 64 random bits.
  std::uint64_t bits();

  /// Uniform on [0, 1), a multiple of 2⁻⁵³.
  double uniform();

  /// Uniform on {0, …, bound − 1} without bias; bound ≥ 1.
  std::uint64_t below(std::uint64_t bound);

  /// Standard normal, by Marsaglia's polar method (SIAM Review 6:260, 1964).
  double normal();

 private:
  std::uint64_t state_[4];
  double spare_normal_ = 0.0;  ///< The polar method makes two at a time.
  bool has_spare_ = false;
};

}  // namespace brenier::sampling
