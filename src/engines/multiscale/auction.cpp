#include "engines/multiscale/auction.hpp"

#include <algorithm>
#include <limits>

#include "brenier/ground_cost.hpp"
#include "engines/multiscale/choice.hpp"
#include "engines/multiscale/start.hpp"
#include "pricing/row_search.hpp"

namespace brenier::engines::multiscale {
namespace {

/// ε of the first and the last phase, in units of the mean cost, and how it falls.
constexpr double first_step = 0.02;
constexpr double last_step = 0.004;
constexpr double fall = 0.2;

/// Offers that are made together: enough for the threads, not so many that most are outdone by one another.
constexpr Index largest_batch = 256;
constexpr Index smallest_batch = 16;
constexpr Index batches = 16;

/// Targets that a source remembers from its last look at all of them: one in so many, between two and the most.
constexpr Index one_remembered_in = 64;

/// A phase that takes more bids a source than this fights over ties, and is ended.
constexpr Index most_bids = 100;

/// Mass of a source on a target, and what was bid for it.
struct Lot {
  double bid;
  Node source;
  std::int64_t units;

  /// The worst lot of a heap comes first; among equal bids that of the later source.
  friend bool operator<(const Lot& a, const Lot& b) { return a.bid > b.bid || (a.bid == b.bid && a.source < b.source); }
};

class Auction {
 public:
  Auction(int order, const OrderedCloud& sources, const OrderedCloud& targets, const pricing::TableView& table,
          RunControl& control)
      : sources_(sources),
        targets_(targets),
        rows_(table.query_rows),
        control_(control),
        search_(order, *table.costs, targets.points, table.target_columns, control.threads()),
        lots_(static_cast<std::size_t>(targets.size())),
        free_(targets.mass),
        left_(sources.mass),
        memory_(left_.size()),
        is_waiting_(static_cast<std::size_t>(sources.size())) {
    // Far targets are dear to everybody: prices that make up for it from the start save a third of the bids.
    const GroundCost cost(order);
    const Points centre = sources.points.colwise().mean();
    for (Index j = 0; j < targets.size(); ++j) {
      search_.set_potential(j, cost(centre.data(), targets.points.row(j).data(), centre.cols()));
    }
  }

  /// All mass bids with this ε until everything is sold.
  void run_phase(double step) {
    for (std::vector<Lot>& lots : lots_) lots.clear();
    free_ = targets_.mass;
    left_ = sources_.mass;
    waiting_.clear();
    std::fill(is_waiting_.begin(), is_waiting_.end(), false);
    for (auto source = static_cast<Node>(sources_.size()); source-- > 0;) wait(source);
    for (Index bids = 0; !waiting_.empty() && bids < most_bids * sources_.size() && !control_.stop();) {
      make_offers(step);
      for (const Offer& offer : offers_) take(offer);
      bids += static_cast<Index>(offers_.size());
    }
  }

  AuctionResult result() const {
    AuctionResult result{{}, search_.potential()};
    for (std::size_t j = 0; j < lots_.size(); ++j) {
      for (const Lot& lot : lots_[j]) result.plan.push_back({lot.source, static_cast<Node>(j), lot.units});
    }
    complete(result.plan, left_, free_);
    return result;
  }

 private:
  struct Offer {
    Node source;
    Index target;
    double bid;
  };

  struct KnownTarget {
    Index target;
    double cost;
  };

  /// What a source knows since it last looked at all targets.
  struct Memory {
    std::vector<KnownTarget> known;                            ///< The cheapest ones.
    double others = -std::numeric_limits<double>::infinity();  ///< No other target is cheaper.
  };

  void wait(Node source) {
    const auto i = static_cast<std::size_t>(source);
    if (left_[i] == 0 || is_waiting_[i]) return;
    is_waiting_[i] = true;
    waiting_.push_back(source);
  }

  Choice choose(Node source) const {
    Choice choice;
    for (const KnownTarget& known : memory_[static_cast<std::size_t>(source)].known) {
      choice.offer(known.target, known.cost - search_.potential(known.target));
    }
    return choice;
  }

  /// Prices only rise. So a source that bids again need not look at all targets while two of those it knows cost no
  /// more than what the others cost when it last did.
  bool is_certain(Node source, const Choice& choice) const {
    return choice.next_price <= memory_[static_cast<std::size_t>(source)].others;
  }

  void look_at_all(const std::vector<Node>& sources) {
    const auto count = static_cast<Index>(sources.size());
    Points points(count, sources_.points.cols());
    std::vector<Index> rows;
    for (const Node source : sources) {
      points.row(static_cast<Index>(rows.size())) = sources_.points.row(source);
      rows.push_back(rows_[static_cast<std::size_t>(source)]);
    }
    const Vector no_bound = Vector::Constant(count, std::numeric_limits<double>::infinity());
    const auto most =
        static_cast<int>(std::clamp<Index>(targets_.size() / one_remembered_in, 2, most_remembered_targets));
    search_.best_targets(points, rows, 0, count, no_bound, most, best_);
    for (std::size_t r = 0; r < sources.size(); ++r) {
      const pricing::PricedTarget* first = best_.found.data() + r * static_cast<std::size_t>(most);
      const pricing::PricedTarget* last = first + best_.count[r];
      Memory& memory = memory_[static_cast<std::size_t>(sources[r])];
      memory.known.clear();
      for (const pricing::PricedTarget* found = first; found != last; ++found) {
        memory.known.push_back({found->target, found->value + search_.potential(found->target)});
      }
      memory.others = best_.count[r] < most ? std::numeric_limits<double>::infinity() : (last - 1)->value;
    }
  }

  /// The sources that came last make the next offers.
  void make_offers(double step) {
    const Index most = std::clamp(sources_.size() / batches, smallest_batch, largest_batch);
    const Index count = std::min(most, static_cast<Index>(waiting_.size()));
    const std::vector<Node> bidders(waiting_.end() - count, waiting_.end());
    waiting_.resize(waiting_.size() - bidders.size());
    std::vector<Choice> choices;
    std::vector<Node> looking;
    for (const Node source : bidders) {
      choices.push_back(choose(source));
      if (!is_certain(source, choices.back())) looking.push_back(source);
    }
    if (!looking.empty()) look_at_all(looking);

    offers_.clear();
    auto looked = looking.begin();
    for (std::size_t k = 0; k < bidders.size(); ++k) {
      if (looked != looking.end() && *looked == bidders[k]) choices[k] = choose(*looked++);
      const Choice& choice = choices[k];
      offers_.push_back({bidders[k], choice.target, choice.lead() + step - search_.potential(choice.target)});
    }
  }

  /// Sells what was bid for, at the cost of whoever bid less.
  void take(const Offer& offer) {
    const auto i = static_cast<std::size_t>(offer.source), j = static_cast<std::size_t>(offer.target);
    is_waiting_[i] = false;
    if (offer.bid > -search_.potential(offer.target)) {  // Otherwise a bid of the same batch was faster.
      const std::int64_t units = std::min(left_[i], targets_.mass[j]);
      std::vector<Lot>& lots = lots_[j];
      lots.push_back({offer.bid, offer.source, units});
      std::push_heap(lots.begin(), lots.end());
      left_[i] -= units;
      free_[j] -= units;
      while (free_[j] < 0) give_back(lots, free_[j]);
      if (free_[j] == 0) search_.set_potential(offer.target, -lots.front().bid);
    }
    wait(offer.source);
  }

  /// Takes from the worst lot what a target cannot hold (−`room`).
  void give_back(std::vector<Lot>& lots, std::int64_t& room) {
    Lot& worst = lots.front();
    const Node source = worst.source;
    const std::int64_t units = std::min(worst.units, -room);
    worst.units -= units;
    room += units;
    if (worst.units == 0) {
      std::pop_heap(lots.begin(), lots.end());
      lots.pop_back();
    }
    left_[static_cast<std::size_t>(source)] += units;
    wait(source);
  }

  const OrderedCloud& sources_;
  const OrderedCloud& targets_;
  const std::vector<Index>& rows_;
  RunControl& control_;
  pricing::RowSearch search_;
  std::vector<std::vector<Lot>> lots_;  ///< For each target a heap of what it has sold.
  std::vector<std::int64_t> free_;      ///< Demand that nobody has bid for.
  std::vector<std::int64_t> left_;      ///< Mass without a target.
  std::vector<Node> waiting_;           ///< Sources with mass left: a stack.
  std::vector<Memory> memory_;          ///< Of each source.
  std::vector<bool> is_waiting_;
  std::vector<Offer> offers_;
  pricing::BestTargets best_;
};

}  // namespace

AuctionResult hold_auction(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                           const pricing::TableView& table, double scale, RunControl& control) {
  Auction auction(order, sources, targets, table, control);
  for (double step = first_step; step > 0.99 * last_step && !control.stop(); step *= fall) {
    auction.run_phase(step * scale);
  }
  return auction.result();
}

}  // namespace brenier::engines::multiscale
