#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "brenier/types.hpp"

namespace brenier::mpi {

/// What one process tells another: numbers and texts, in words of eight bytes. They are taken out in the order in which
/// they were put in, and as the same types.
class Packet {
 public:
  Packet() = default;
  explicit Packet(std::vector<std::uint64_t> words) : words_(std::move(words)) {}

  const std::vector<std::uint64_t>& words() const { return words_; }

  Packet& put(Index number) { return put(&number, 1); }
  Packet& put(double number) { return put(&number, 1); }
  Packet& put(const double* numbers, Index count) { return put<double>(numbers, count); }
  Packet& put(const std::string& text) {
    put(static_cast<Index>(text.size()));
    for (const char letter : text) put(static_cast<Index>(static_cast<unsigned char>(letter)));
    return *this;
  }

  Index take_index() { return take<Index>(); }
  double take_number() { return take<double>(); }
  void take_numbers(double* numbers, Index count) {
    for (Index k = 0; k < count; ++k) numbers[k] = take_number();
  }
  std::string take_text() {
    std::string text(static_cast<std::size_t>(take_index()), '\0');
    for (char& letter : text) letter = static_cast<char>(take_index());
    return text;
  }

 private:
  template <typename Number>
  Packet& put(const Number* numbers, Index count) {
    static_assert(sizeof(Number) == sizeof(std::uint64_t));
    const std::size_t end = words_.size();
    words_.resize(end + static_cast<std::size_t>(count));
    if (count > 0) std::memcpy(words_.data() + end, numbers, static_cast<std::size_t>(count) * sizeof(Number));
    return *this;
  }

  template <typename Number>
  Number take() {
    if (next_ == words_.size()) throw std::logic_error("a packet has less in it than is taken out");
    Number number{};
    std::memcpy(&number, &words_[next_++], sizeof(Number));
    return number;
  }

  std::vector<std::uint64_t> words_;
  std::size_t next_ = 0;  ///< The first word that was not taken yet.
};

}  // namespace brenier::mpi
