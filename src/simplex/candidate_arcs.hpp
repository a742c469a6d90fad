#pragma once

#include <cstdint>
#include <vector>

#include "brenier/types.hpp"
#include "simplex/node.hpp"

namespace brenier::simplex {

/// The few arcs, out of all n·m, that pricing inside the simplex looks at: a list of targets and costs for each source,
/// one after the other, 12 bytes an arc.
///
/// The forest keeps the arcs that it holds by itself, so the arcs of a source may be put in any order at any time.
class CandidateArcs {
 public:
  explicit CandidateArcs(Node sources) : first_(static_cast<std::size_t>(sources) + 1, 0) {}

  void reserve(Index arcs) {
    target_.reserve(static_cast<std::size_t>(arcs));
    cost_.reserve(static_cast<std::size_t>(arcs));
  }

  struct Arc {
    Node target;  ///< As a node: n + j.
    double cost;
  };

  /// Fills an empty list source by source, without a copy of it on the way.
  class Builder {
   public:
    explicit Builder(CandidateArcs& arcs) : arcs_(arcs) {}

    void add(const Arc& arc) {
      arcs_.target_.push_back(arc.target);
      arcs_.cost_.push_back(arc.cost);
    }

    void next_source() { arcs_.first_[++source_] = static_cast<Index>(arcs_.target_.size()); }

   private:
    CandidateArcs& arcs_;
    std::size_t source_ = 0;
  };

  Index size() const { return first_.back(); }
  Index begin(Node source) const { return first_[static_cast<std::size_t>(source)]; }
  Index end(Node source) const { return first_[static_cast<std::size_t>(source) + 1]; }
  Node target(Index arc) const { return target_[static_cast<std::size_t>(arc)]; }
  double cost(Index arc) const { return cost_[static_cast<std::size_t>(arc)]; }

  /// Exchanges two arcs of one source.
  void swap(Index a, Index b) {
    std::swap(target_[static_cast<std::size_t>(a)], target_[static_cast<std::size_t>(b)]);
    std::swap(cost_[static_cast<std::size_t>(a)], cost_[static_cast<std::size_t>(b)]);
  }

  /// Adds to each source i the arcs extra[extra_first[i]], …, extra[extra_first[i + 1] − 1]. O(arcs), in place.
  void merge(const std::vector<Index>& extra_first, const std::vector<Arc>& extra) {
    const std::size_t sources = first_.size() - 1;
    std::size_t write = static_cast<std::size_t>(size()) + extra.size();
    if (write > target_.capacity()) reserve(static_cast<Index>(write + write / 16));  // Vectors alone would double.
    target_.resize(write);
    cost_.resize(write);
    for (std::size_t i = sources; i-- > 0;) {  // From the back, so that nothing is overwritten before it has moved.
      const std::size_t old_begin = static_cast<std::size_t>(first_[i]);
      std::size_t old_end = static_cast<std::size_t>(first_[i + 1]);
      first_[i + 1] = static_cast<Index>(write);
      for (auto k = static_cast<std::size_t>(extra_first[i + 1]); k-- > static_cast<std::size_t>(extra_first[i]);) {
        --write;
        target_[write] = extra[k].target;
        cost_[write] = extra[k].cost;
      }
      while (old_end-- > old_begin) {
        --write;
        target_[write] = target_[old_end];
        cost_[write] = cost_[old_end];
      }
    }
  }

 private:
  std::vector<Index> first_;
  std::vector<Node> target_;
  std::vector<double> cost_;
};

}  // namespace brenier::simplex
