#include "engines/auction/auction.hpp"

#include <algorithm>
#include <limits>

#include "brenier/ground_cost.hpp"
#include "engines/auction/remembered_targets.hpp"
#include "numeric/rows.hpp"
#include "search/matrix/row_search.hpp"

namespace brenier::engines::auction {
namespace {

/// ε of the first and the last phase, in units of the mean cost, and how it falls.
constexpr double first_step = 0.02;
constexpr double last_step = 0.004;
constexpr double fall = 0.2;

/// Offers that are made together: enough for the threads, not so many that most are outdone by one another.
constexpr Index largest_batch = 256;
constexpr Index smallest_batch = 16;
constexpr Index batches = 16;

/// Of all that it looks at a source takes note of so many at least.
constexpr Index likely_targets = RememberedTargets::most / 2;

/// A phase that takes more bids a source than this fights over ties, and is ended.
constexpr Index most_bids = 100;

/// Mass of a source on a target, and what was bid for it.
struct Lot {
  double bid;
  simplex::Node source;
  std::int64_t units;

  /// The worst lot of a heap comes first; among equal bids that of the later source.
  friend bool operator<(const Lot& a, const Lot& b) { return a.bid > b.bid || (a.bid == b.bid && a.source < b.source); }
};

class Auction {
 public:
  Auction(int order, const OrderedCloud& sources, const OrderedCloud& targets, const search::MatrixView& table,
          RunControl& control)
      : order_(order),
        sources_(sources),
        targets_(targets),
        rows_(table.query_rows),
        control_(control),
        search_(order, *table.costs, targets.points, table.target_columns, control.threads()),
        lots_(static_cast<std::size_t>(targets.size())),
        free_(targets.mass),
        left_(sources.mass),
        remembered_(left_.size()),
        is_waiting_(static_cast<std::size_t>(sources.size())) {
    // Far targets are dear to everybody: prices that make up for it from the start save a third of the bids.
    const GroundCost cost(order);
    const Eigen::RowVectorXd centre = mean_row(sources.points);
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
    for (auto source = static_cast<simplex::Node>(sources_.size()); source-- > 0;) wait(source);
    for (Index bids = 0; !waiting_.empty() && bids < most_bids * sources_.size() && !control_.stop();) {
      make_offers(step);
      for (const Offer& offer : offers_) take(offer);
      bids += static_cast<Index>(offers_.size());
    }
  }

  AuctionResult result() const {
    AuctionResult result{{}, search_.potential()};
    for (std::size_t j = 0; j < lots_.size(); ++j) {
      for (const Lot& lot : lots_[j]) result.plan.push_back({lot.source, static_cast<simplex::Node>(j), lot.units});
    }
    simplex::complete(result.plan, left_, free_);
    return result;
  }

 private:
  struct Offer {
    simplex::Node source;
    Index target;
    double bid;
  };

  void wait(simplex::Node source) {
    const auto i = static_cast<std::size_t>(source);
    if (left_[i] == 0 || is_waiting_[i]) return;
    is_waiting_[i] = true;
    waiting_.push_back(source);
  }

  Choice choose(simplex::Node source) {
    return remembered_[static_cast<std::size_t>(source)].choose(order_, sources_.points.row(source).data(),
                                                                targets_.points, search_.potential());
  }

  /// Lets those of the bidders that are listed look at all targets before they choose.
  void look_at_all(const std::vector<simplex::Node>& bidders, const std::vector<std::size_t>& listed,
                   std::vector<Choice>& choices) {
    std::vector<Index> rows;
    for (const std::size_t k : listed) rows.push_back(rows_[static_cast<std::size_t>(bidders[k])]);
    search_.survey(rows, likely_targets, [&](Index place, const search::Survey& survey) {
      const std::size_t k = listed[static_cast<std::size_t>(place)];
      RememberedTargets& remembered = remembered_[static_cast<std::size_t>(bidders[k])];
      remembered.learn(survey);
      choices[k] = choose(bidders[k]);
      remembered.keep_cheapest(search_.potential());
    });
  }

  /// The sources that came last make the next offers.
  void make_offers(double step) {
    const Index most = std::clamp(sources_.size() / batches, smallest_batch, largest_batch);
    const Index count = std::min(most, static_cast<Index>(waiting_.size()));
    const std::vector<simplex::Node> bidders(waiting_.end() - count, waiting_.end());
    waiting_.resize(waiting_.size() - bidders.size());
    std::vector<Choice> choices;
    std::vector<std::size_t> in_doubt;
    for (const simplex::Node source : bidders) {
      choices.push_back(choose(source));
      const bool is_certain = remembered_[static_cast<std::size_t>(source)].is_certain(choices.back());
      if (!is_certain) in_doubt.push_back(choices.size() - 1);
    }
    if (!in_doubt.empty()) look_at_all(bidders, in_doubt, choices);

    offers_.clear();
    for (std::size_t k = 0; k < bidders.size(); ++k) {
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
    const simplex::Node source = worst.source;
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

  int order_;
  const OrderedCloud& sources_;
  const OrderedCloud& targets_;
  const std::vector<Index>& rows_;
  RunControl& control_;
  search::RowSearch search_;
  std::vector<std::vector<Lot>> lots_;         ///< For each target a heap of what it has sold.
  std::vector<std::int64_t> free_;             ///< Demand that nobody has bid for.
  std::vector<std::int64_t> left_;             ///< Mass without a target.
  std::vector<simplex::Node> waiting_;         ///< Sources with mass left: a stack.
  std::vector<RememberedTargets> remembered_;  ///< By each source.
  std::vector<bool> is_waiting_;
  std::vector<Offer> offers_;
};

}  // namespace

AuctionResult hold_auction(int order, const OrderedCloud& sources, const OrderedCloud& targets,
                           const search::MatrixView& table, double scale, RunControl& control) {
  Auction auction(order, sources, targets, table, control);
  for (double step = first_step; step > 0.99 * last_step && !control.stop(); step *= fall) {
    auction.run_phase(step * scale);
  }
  return auction.result();
}

}  // namespace brenier::engines::auction
