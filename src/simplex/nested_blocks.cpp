#include "simplex/nested_blocks.hpp"

#include <algorithm>

#include "control/parallel.hpp"
#include "control/parallel_errors.hpp"
#include "simplex/block_search.hpp"

namespace brenier::simplex {

namespace {

/// Sources in a block of stage k: 2^(smallest_block_bits + k · growth_bits).
constexpr int smallest_block_bits = 5;
constexpr int growth_bits = 2;

int block_bits(int stage) { return smallest_block_bits + stage * growth_bits; }

}  // namespace

NestedBlocks::NestedBlocks(NetworkSimplex& simplex, CandidateArcs& arcs, RunControl& control)
    : simplex_(simplex), arcs_(arcs), control_(control) {}

void NestedBlocks::optimize(std::vector<Flow>& plan, const CostOf& cost_of, const Tolerance& tolerance) {
  const auto n = static_cast<Index>(simplex_.sources());
  tolerance_ = tolerance;
  simplex_.dissolve();
  find_homes(plan);
  // A candidate arc costs several looks and, now and then, a pivot.
  const int threads = worthwhile_threads(control_.threads(), 50.0 * static_cast<double>(arcs_.size()));
  Index blocks = 0;
  for (int stage = 0; blocks != 1; ++stage) {
    blocks = ((n - 1) >> block_bits(stage)) + 1;
    std::int64_t pivots = 0;
    ParallelErrors errors;
#pragma omp parallel for num_threads(threads) schedule(dynamic) reduction(+ : pivots) if (blocks > 1)
    for (Index b = 0; b < blocks; ++b) {
      const Index last = std::min(n, (b + 1) << block_bits(stage));
      const Block block{static_cast<Node>(b << block_bits(stage)), static_cast<Node>(last), stage};
      errors.run([&] { pivots += solve_block(block, plan, cost_of); });
    }
    errors.rethrow();
    pivots_ += pivots;
    simplex_.release_workspaces();
  }
  std::vector<Node>().swap(first_flow_);
  read_plan(plan);
}

void NestedBlocks::reoptimize(std::vector<Flow>& plan, const Tolerance& tolerance) {
  tolerance_ = tolerance;
  NetworkSimplex::Workspace space;
  pivots_ += price_block({0, simplex_.sources(), 0}, space);
  simplex_.release_workspaces();
  read_plan(plan);
}

void NestedBlocks::read_plan(std::vector<Flow>& plan) const {
  plan.clear();
  simplex_.for_each_flow([&](Node source, Node target, double, std::int64_t units) {
    plan.push_back({source, target - simplex_.sources(), units});
  });
  std::sort(plan.begin(), plan.end());
}

void NestedBlocks::find_homes(const std::vector<Flow>& plan) {
  const auto n = static_cast<std::size_t>(simplex_.sources());
  const std::size_t m = static_cast<std::size_t>(simplex_.size()) - n;
  std::vector<std::int64_t> most(m, 0);
  home_.assign(m, 0);
  first_flow_.assign(n + 1, 0);
  for (const Flow& flow : plan) {
    ++first_flow_[static_cast<std::size_t>(flow.source) + 1];
    const auto j = static_cast<std::size_t>(flow.target);
    if (flow.units > most[j]) {
      most[j] = flow.units;
      home_[j] = flow.source;
    }
  }
  for (std::size_t i = 0; i < n; ++i) first_flow_[i + 1] += first_flow_[i];
}

int NestedBlocks::stage_of(Node source, Node target) const {
  Node apart = source ^ home_[static_cast<std::size_t>(target)];
  int stage = 0;
  for (apart >>= smallest_block_bits; apart != 0; apart >>= growth_bits) ++stage;
  return stage;
}

std::int64_t NestedBlocks::solve_block(const Block& block, const std::vector<Flow>& plan, const CostOf& cost_of) {
  const Node n = simplex_.sources();
  std::int64_t pivots = 0;
  NetworkSimplex::Workspace space;
  const Node end = first_flow_[static_cast<std::size_t>(block.last)];
  for (Node k = first_flow_[static_cast<std::size_t>(block.first)]; k < end; ++k) {
    const Flow& flow = plan[static_cast<std::size_t>(k)];
    if (stage_of(flow.source, flow.target) != block.stage) continue;
    simplex_.insert(flow.source, n + flow.target, cost_of(flow.source, flow.target), flow.units, space);
    ++pivots;
  }
  return pivots + price_block(block, space);
}

/// Puts the arcs of `source` whose target lives in the block first and returns how many these are.
Node NestedBlocks::admit(Node source, const Block& block) {
  const Node n = simplex_.sources();
  Index end = arcs_.end(source);
  for (Index arc = arcs_.begin(source); arc < end;) {
    const Node home = home_[static_cast<std::size_t>(arcs_.target(arc) - n)];
    if (home >= block.first && home < block.last) {
      ++arc;
    } else {
      arcs_.swap(arc, --end);
    }
  }
  return static_cast<Node>(end - arcs_.begin(source));
}

std::int64_t NestedBlocks::price_block(const Block& block, NetworkSimplex::Workspace& space) {
  if (control_.stop()) return 0;
  std::vector<Node> admitted;
  admitted.reserve(static_cast<std::size_t>(block.last - block.first));
  for (Node source = block.first; source < block.last; ++source) admitted.push_back(admit(source, block));
  return BlockSearch(simplex_, arcs_, block.first, admitted).run(tolerance_, control_, space);
}

}  // namespace brenier::simplex
