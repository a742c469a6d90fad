#include "engines/multiscale/nested_pricing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "parallel.hpp"

namespace brenier::engines::multiscale {

namespace {

/// Sources in a block of stage k: 2^(smallest_block_bits + k · growth_bits).
constexpr int smallest_block_bits = 5;
constexpr int growth_bits = 2;

/// Forests of up to so many nodes are checked after each pivot where assertions are on. Blocks of forests so small are
/// solved one after the other, so that none changes while it is checked.
constexpr Node most_to_check = 100;

[[maybe_unused]] bool is_sound(const NetworkSimplex& simplex) {
  return simplex.size() > most_to_check || simplex.holds_invariants();
}

int block_bits(int stage) { return smallest_block_bits + stage * growth_bits; }

}  // namespace

NestedPricing::NestedPricing(NetworkSimplex& simplex, CandidateArcs& arcs, RunControl& control)
    : simplex_(simplex), arcs_(arcs), control_(control) {}

void NestedPricing::optimize(std::vector<Flow>& plan, const CostOf& cost_of, double tolerance) {
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
#pragma omp parallel for num_threads(threads) schedule(dynamic) reduction(+ : pivots) if (blocks > 1)
    for (Index b = 0; b < blocks; ++b) {
      const Index last = std::min(n, (b + 1) << block_bits(stage));
      pivots += solve_block({static_cast<Node>(b << block_bits(stage)), static_cast<Node>(last), stage}, plan, cost_of);
    }
    pivots_ += pivots;
    simplex_.release_workspaces();
  }
  std::vector<Node>().swap(first_flow_);
  read_plan(plan);
}

void NestedPricing::reoptimize(std::vector<Flow>& plan, double tolerance) {
  tolerance_ = tolerance;
  NetworkSimplex::Workspace space;
  pivots_ += price_block({0, simplex_.sources(), 0}, space);
  simplex_.release_workspaces();
  read_plan(plan);
}

void NestedPricing::read_plan(std::vector<Flow>& plan) const {
  plan.clear();
  simplex_.for_each_flow([&](Node source, Node target, double, std::int64_t units) {
    plan.push_back({source, target - simplex_.sources(), units});
  });
  std::sort(plan.begin(), plan.end());
}

void NestedPricing::find_homes(const std::vector<Flow>& plan) {
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

int NestedPricing::stage_of(Node source, Node target) const {
  Node apart = source ^ home_[static_cast<std::size_t>(target)];
  int stage = 0;
  for (apart >>= smallest_block_bits; apart != 0; apart >>= growth_bits) ++stage;
  return stage;
}

std::int64_t NestedPricing::solve_block(const Block& block, const std::vector<Flow>& plan, const CostOf& cost_of) {
  const Node n = simplex_.sources();
  std::int64_t pivots = 0;
  NetworkSimplex::Workspace space;
  const Node end = first_flow_[static_cast<std::size_t>(block.last)];
  for (Node k = first_flow_[static_cast<std::size_t>(block.first)]; k < end; ++k) {
    const Flow& flow = plan[static_cast<std::size_t>(k)];
    if (stage_of(flow.source, flow.target) != block.stage) continue;
    simplex_.insert(flow.source, n + flow.target, cost_of(flow.source, flow.target), flow.units, space);
    assert(is_sound(simplex_));
    ++pivots;
  }
  return pivots + price_block(block, space);
}

/// Puts the arcs of `source` whose target lives in the block first and returns how many these are.
Node NestedPricing::admit(Node source, const Block& block) {
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

// Block search (as in LEMON): look at a number of arcs in turn, take the one of most negative reduced cost, go on from
// there; optimal when a whole turn finds none.
std::int64_t NestedPricing::price_block(const Block& block, NetworkSimplex::Workspace& space) {
  if (control_.stop()) return 0;
  const Node count = block.last - block.first;
  std::vector<Node> admitted(static_cast<std::size_t>(count));
  Index total = 0;
  for (Node k = 0; k < count; ++k) {
    admitted[static_cast<std::size_t>(k)] = admit(block.first + k, block);
    total += admitted[static_cast<std::size_t>(k)];
  }
  const Index look_at = std::max<Index>(20, static_cast<Index>(0.3 * std::sqrt(static_cast<double>(total))));

  std::int64_t pivots = 0;
  Node turn = 0, idle = 0;  // The next source to look at; how many were looked at since the last pivot.
  while (idle < count) {
    double least = -tolerance_;
    Node source = 0;
    Index entering = -1, seen = 0;
    while (idle < count && (entering < 0 || seen < look_at)) {
      const Node u = block.first + turn;
      const Index last = arcs_.begin(u) + admitted[static_cast<std::size_t>(turn)];
      const auto look = [&](auto&& potential) {
        const double p = potential(u);
        for (Index arc = arcs_.begin(u); arc < last; ++arc) {
          const double reduced = arcs_.cost(arc) - p + potential(arcs_.target(arc));
          if (reduced < least) {
            least = reduced;
            entering = arc;
            source = u;
          }
        }
      };
      if (space.is_gathered()) {
        look([&](Node node) { return simplex_.potential(node); });
      } else {
        look([&](Node node) { return simplex_.ungathered_potential(node); });
      }
      seen += last - arcs_.begin(u);
      turn = turn + 1 == count ? 0 : turn + 1;
      ++idle;
    }
    if (entering < 0) break;
    simplex_.enter(source, arcs_.target(entering), arcs_.cost(entering), space);
    assert(is_sound(simplex_));
    if (simplex_.is_worth_gathering(block.first, block.last, space)) simplex_.gather(block.first, block.last, space);
    idle = 0;
    if ((++pivots & 255) == 0 && control_.stop()) break;
  }
  return pivots;
}

}  // namespace brenier::engines::multiscale
