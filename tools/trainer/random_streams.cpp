#include "random_streams.hpp"

namespace brenier::trainer {
namespace {

/// The finaliser of splitmix64 (Steele, Lea & Flood, OOPSLA 2014): a bijection that leaves no pattern.
std::uint64_t mixed(std::uint64_t word) {
  word += 0x9e3779b97f4a7c15U;
  word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9U;
  word = (word ^ word >> 27) * 0x94d049bb133111ebU;
  return word ^ word >> 31;
}

}  // namespace

std::uint64_t stream_seed(std::uint64_t seed, Stream stream, Index index) {
  return mixed(mixed(mixed(seed) ^ static_cast<std::uint64_t>(stream)) ^ static_cast<std::uint64_t>(index));
}

}  // namespace brenier::trainer
