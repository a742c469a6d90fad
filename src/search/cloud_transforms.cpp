#include "search/cloud_transforms.hpp"

#include "numeric/rows.hpp"
#include "problem/kd_order.hpp"

namespace brenier {

CTransform CloudTransforms::to_sources(const Frame& frame, const Vector& psi) {
  CTransform found;
  if (search::wants_matrix(frame.dimension())) {  // All pairs are looked at, in any order.
    const auto search = search::make_search(order_, frame.targets(), threads_, {costs_, false, {}, {}});
    search->set_potential(psi);
    search->c_transform(frame.sources(), found.value, found.minimizer);
    return found;
  }

  find_orders(frame);
  Vector value;
  search_->set_potential(select_entries(psi, target_order_));
  search_->c_transform(select_rows(frame.sources(), source_order_), value, minimizer_);
  found.value = put_entries(value, source_order_);
  found.minimizer.resize(source_order_.size());
  for (std::size_t k = 0; k < source_order_.size(); ++k) {
    found.minimizer[static_cast<std::size_t>(source_order_[k])] =
        target_order_[static_cast<std::size_t>(minimizer_[k])];
  }
  return found;
}

Vector CloudTransforms::to_targets(const Frame& frame, const Vector& phi) {
  if (search::wants_matrix(frame.dimension())) {
    return search::c_transform(order_, frame.sources(), phi, frame.targets(), threads_, {costs_, true, {}, {}});
  }
  find_orders(frame);
  const auto search = search::make_search_in_kd_order(order_, select_rows(frame.sources(), source_order_), threads_);
  Vector value;
  std::vector<Index> minimizer;
  search->set_potential(select_entries(phi, source_order_));
  search->c_transform(select_rows(targets_, target_order_), value, minimizer);
  return put_entries(value, target_order_);
}

/// Neighbours in turn look at the same points. Sources that have moved since have much the same neighbours.
void CloudTransforms::find_orders(const Frame& frame) {
  const Points& targets = frame.targets();
  if (static_cast<Index>(source_order_.size()) != frame.sources().rows()) {
    source_order_ = kd_order(frame.sources(), threads_);
    minimizer_.clear();
  }
  if (targets_.rows() == targets.rows() && targets_.cols() == targets.cols() && targets_ == targets) return;
  targets_ = targets;
  target_order_ = kd_order(targets_, threads_);
  minimizer_.clear();
  search_ = search::make_search_in_kd_order(order_, select_rows(targets_, target_order_), threads_);
}

}  // namespace brenier
