#include "digits.hpp"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>
#include <utility>

#include "brenier/io.hpp"

namespace brenier::validation {
namespace {

constexpr Index side = 16;
constexpr Index mnist_side = 28;
constexpr Index middle_side = 20;

/// All bytes of a file, unpacked where it is packed.
std::string read_bytes(const std::string& name) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(name.c_str(), "rb"), &gzclose);
  if (!file) throw FileError(name + ": cannot be read");
  std::string content;
  char buffer[1 << 16];
  int size = 0;
  while ((size = gzread(file.get(), buffer, sizeof buffer)) > 0) content.append(buffer, static_cast<std::size_t>(size));
  if (size < 0) throw FileError(name + ": is damaged, expected whole gzip data");
  return content;
}

/// The numbers of a line, which may not hold anything else.
std::vector<double> numbers(const std::string& file, Index line, const char* begin, const char* end) {
  std::vector<double> result;
  while (true) {
    while (begin != end && (*begin == ' ' || *begin == '\r')) ++begin;
    if (begin == end) return result;
    double value = 0.0;
    const auto [stop, error] = std::from_chars(begin, end, value);
    if (error != std::errc()) {
      throw FileError(file + ": line " + std::to_string(line) + ": expected numbers with blanks between them");
    }
    result.push_back(value);
    begin = stop;
  }
}

/// How much of old pixel `from` lies under new pixel `to`, both of a row of pixels, as a part of the new one.
double overlap(Index to, Index from) {
  const double width = static_cast<double>(middle_side) / side;
  const double begin = std::max(static_cast<double>(from), static_cast<double>(to) * width);
  const double end = std::min(static_cast<double>(from + 1), static_cast<double>(to + 1) * width);
  return std::max(0.0, end - begin) / width;
}

std::vector<int> read_idx_labels(const std::string& name) {
  const std::string bytes = read_bytes(name);
  const std::string magic("\0\0\x08\x01", 4);
  if (bytes.size() < 8 || bytes.compare(0, 4, magic) != 0) {
    throw FileError(name + ": header: expected IDX with one dimension of unsigned bytes");
  }
  std::size_t count = 0;
  for (std::size_t k = 4; k < 8; ++k) count = 256 * count + static_cast<unsigned char>(bytes[k]);
  if (bytes.size() != 8 + count) {
    throw FileError(name + ": found " + std::to_string(bytes.size() - 8) + " labels, expected " +
                    std::to_string(count));
  }
  return {bytes.begin() + 8, bytes.end()};
}

}  // namespace

Digits read_usps(const std::string& file) {
  const std::string bytes = read_bytes(file);
  std::vector<std::vector<double>> rows;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const auto line = static_cast<Index>(rows.size()) + 1;
    rows.push_back(numbers(file, line, bytes.data() + begin, bytes.data() + end));
    if (rows.back().size() != 1 + side * side) {
      throw FileError(file + ": line " + std::to_string(line) + ": found " + std::to_string(rows.back().size()) +
                      " numbers, expected the digit and 256 values");
    }
    begin = end + 1;
  }
  if (rows.empty()) throw FileError(file + ": is empty, expected a digit a line");
  Digits digits{Points(static_cast<Index>(rows.size()), side * side), {}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    digits.labels.push_back(static_cast<int>(rows[i].front()));
    for (Index k = 0; k < side * side; ++k) {
      digits.images(static_cast<Index>(i), k) = 0.5 * (rows[i][static_cast<std::size_t>(k) + 1] + 1.0);
    }
  }
  return digits;
}

Digits read_mnist(const std::string& images, const std::string& labels) {
  const Points full = read_measure(images).points();
  if (full.cols() != mnist_side * mnist_side) {
    throw FileError(images + ": found images of " + std::to_string(full.cols()) + " pixels, expected 28 x 28");
  }
  constexpr Index margin = (mnist_side - middle_side) / 2;
  Points shrink = Points::Zero(mnist_side * mnist_side, side * side);
  for (Index row = 0; row < middle_side; ++row) {
    for (Index column = 0; column < middle_side; ++column) {
      for (Index k = 0; k < side * side; ++k) {
        shrink((row + margin) * mnist_side + column + margin, k) = overlap(k / side, row) * overlap(k % side, column);
      }
    }
  }
  Digits digits{full * shrink, {}};
  if (labels.empty()) return digits;
  digits.labels = read_idx_labels(labels);
  if (static_cast<Index>(digits.labels.size()) != full.rows()) {
    throw FileError(labels + ": found " + std::to_string(digits.labels.size()) + " labels, expected " +
                    std::to_string(full.rows()) + " as there are images in " + images);
  }
  return digits;
}

Digits draw(const Digits& digits, Index n, std::uint64_t seed) {
  const Index total = digits.images.rows();
  if (n > total) {
    throw std::invalid_argument("digits: found " + std::to_string(total) + ", expected at least " + std::to_string(n));
  }
  std::vector<Index> order(static_cast<std::size_t>(total));
  std::iota(order.begin(), order.end(), Index{0});
  std::mt19937_64 generator(seed);
  Digits drawn{Points(n, digits.images.cols()), {}};
  for (Index i = 0; i < n; ++i) {
    // The remainder prefers some rows by 1 in 10¹⁵; the standard's distributions differ from library to library.
    const auto rest = static_cast<std::uint64_t>(total - i);
    const auto other = static_cast<std::size_t>(i) + static_cast<std::size_t>(generator() % rest);
    std::swap(order[static_cast<std::size_t>(i)], order[other]);
    const Index row = order[static_cast<std::size_t>(i)];
    drawn.images.row(i) = digits.images.row(row);
    if (!digits.labels.empty()) drawn.labels.push_back(digits.labels[static_cast<std::size_t>(row)]);
  }
  return drawn;
}

}  // namespace brenier::validation
