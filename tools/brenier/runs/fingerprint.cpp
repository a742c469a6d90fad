#include "runs/fingerprint.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace brenier::cli {
namespace {

/// FNV-1a over all bytes.
class Hash {
 public:
  void add(const double* values, Index count) {
    for (Index k = 0; k < count; ++k) {
      std::array<unsigned char, sizeof(double)> bytes;
      std::memcpy(bytes.data(), values + k, sizeof(double));
      for (const unsigned char byte : bytes) add(byte);
    }
  }

  void add(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001b3U; }

  std::string text() const {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, hash_, 16).ptr;
    return std::string(digits, end);
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace

std::string fingerprint(const Points& points, const Vector& weights) {
  Hash hash;
  hash.add(points.data(), points.size());
  hash.add(weights.data(), weights.size());
  return hash.text();
}

std::string fingerprint(const DiscreteMeasure& cloud) { return fingerprint(cloud.points(), cloud.weights()); }

std::string fingerprint(const std::string& text) {
  Hash hash;
  for (const char letter : text) hash.add(static_cast<unsigned char>(letter));
  return hash.text();
}

}  // namespace brenier::cli
