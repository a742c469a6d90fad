#include "io/arrays/scalar_type.hpp"

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <limits>

namespace brenier::io {
namespace {

std::uint64_t load_bits(ByteOrder order, const char* bytes, std::size_t size) {
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < size; ++k) {
    const char byte = bytes[order == ByteOrder::big ? k : size - 1 - k];
    bits = bits << 8 | static_cast<unsigned char>(byte);
  }
  return bits;
}

template <class Number, class Bits>
double as_double(std::uint64_t bits) {
  static_assert(sizeof(Number) == sizeof(Bits), "a number and its bits have one size");
  const Bits narrow = static_cast<Bits>(bits);
  Number number;
  std::memcpy(&number, &narrow, sizeof number);
  return static_cast<double>(number);
}

void append_bits(std::string& bytes, std::uint64_t bits) {
  for (int shift = 0; shift < 64; shift += 8) bytes.push_back(static_cast<char>(bits >> shift & 0xff));
}

}  // namespace

std::size_t size_of(ScalarType type) {
  switch (type) {
    case ScalarType::int8:
    case ScalarType::uint8:
      return 1;
    case ScalarType::int16:
    case ScalarType::uint16:
      return 2;
    case ScalarType::int32:
    case ScalarType::uint32:
    case ScalarType::float32:
      return 4;
    case ScalarType::int64:
    case ScalarType::uint64:
    case ScalarType::float64:
      break;
  }
  return 8;
}

std::string byte_count_text(const std::vector<Index>& shape, ScalarType type) {
  auto bytes = static_cast<long double>(size_of(type));
  std::string factors;
  for (const Index size : shape) {
    bytes *= static_cast<long double>(size);
    factors += std::to_string(size) + " × ";
  }
  char total[64];
  std::snprintf(total, sizeof total, "%.0Lf", bytes);
  return std::string(total) + " (" + factors + std::to_string(size_of(type)) + ")";
}

double load_scalar(ScalarType type, ByteOrder order, const char* bytes) {
  const std::uint64_t bits = load_bits(order, bytes, size_of(type));
  switch (type) {
    case ScalarType::int8:
      return as_double<std::int8_t, std::uint8_t>(bits);
    case ScalarType::uint8:
      return as_double<std::uint8_t, std::uint8_t>(bits);
    case ScalarType::int16:
      return as_double<std::int16_t, std::uint16_t>(bits);
    case ScalarType::uint16:
      return as_double<std::uint16_t, std::uint16_t>(bits);
    case ScalarType::int32:
      return as_double<std::int32_t, std::uint32_t>(bits);
    case ScalarType::uint32:
      return as_double<std::uint32_t, std::uint32_t>(bits);
    case ScalarType::int64:
      return as_double<std::int64_t, std::uint64_t>(bits);
    case ScalarType::uint64:
      return as_double<std::uint64_t, std::uint64_t>(bits);
    case ScalarType::float32:
      return as_double<float, std::uint32_t>(bits);
    case ScalarType::float64:
      break;
  }
  return as_double<double, std::uint64_t>(bits);
}

std::optional<std::string> rounded_integer(ScalarType type, ByteOrder order, const char* bytes) {
  if (type != ScalarType::int64 && type != ScalarType::uint64) return std::nullopt;
  const std::uint64_t bits = load_bits(order, bytes, size_of(type));
  const bool negative = type == ScalarType::int64 && bits >> 63 != 0;
  const std::uint64_t magnitude = negative ? -bits : bits;
  const std::uint64_t lowest_bit = magnitude & -magnitude;
  constexpr int digits = std::numeric_limits<double>::digits;
  if (magnitude >> digits == 0 || magnitude >> digits < lowest_bit) return std::nullopt;
  return (negative ? "-" : "") + std::to_string(magnitude);
}

void append_scalar(std::string& bytes, double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  append_bits(bytes, bits);
}

void append_scalar(std::string& bytes, long long value) { append_bits(bytes, static_cast<std::uint64_t>(value)); }

}  // namespace brenier::io
