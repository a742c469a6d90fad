#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::io {

/// Numbers as binary files store them.
enum class ScalarType { int8, uint8, int16, uint16, int32, uint32, int64, uint64, float32, float64 };

enum class ByteOrder { little, big };

/// Bytes that a number takes.
std::size_t size_of(ScalarType type);

/// Bytes that an array takes, for messages: "160 (10 × 2 × 8)". Sizes may be anything, no product overflows.
std::string byte_count_text(const std::vector<Index>& shape, ScalarType type);

/// The number that starts at `bytes`, as the nearest double (64-bit integers beyond 2⁵³ may be rounded).
double load_scalar(ScalarType type, ByteOrder order, const char* bytes);

/// The digits of the number that starts at `bytes` where it is an integer that a double does not hold, otherwise none.
std::optional<std::string> rounded_integer(ScalarType type, ByteOrder order, const char* bytes);

/// Appends a number in little-endian order.
void append_scalar(std::string& bytes, double value);
void append_scalar(std::string& bytes, long long value);

}  // namespace brenier::io
