#include "io/text/text_cloud.hpp"

#include <algorithm>
#include <memory>

#include "io/failure.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_table.hpp"

namespace brenier::io {
namespace {

Index find_weight_column(const std::string& file, const TextTable& table) {
  const Index singular = table.column_named(file, "weight");
  const Index plural = table.column_named(file, "weights");
  if (singular >= 0 && plural >= 0) fail(file, "header", "columns 'weight' and 'weights'", "one of them");
  return std::max(singular, plural);
}

}  // namespace

Cloud read_text_cloud(const Input& input) {
  const auto table = std::make_shared<TextTable>(parse_table(input));
  const Index weight_column = find_weight_column(input.name, *table);
  const bool weighted = weight_column >= 0;
  const auto column_of = [=](Index coordinate) {
    return coordinate + (weighted && coordinate >= weight_column ? 1 : 0);
  };

  Cloud cloud;
  cloud.points.resize(table->rows(), table->columns - (weighted ? 1 : 0));
  for (Index row = 0; row < cloud.points.rows(); ++row) {
    for (Index k = 0; k < cloud.points.cols(); ++k) cloud.points(row, k) = (*table)(row, column_of(k));
  }
  if (weighted) {
    cloud.weights = Vector(table->rows());
    for (Index row = 0; row < table->rows(); ++row) (*cloud.weights)[row] = (*table)(row, weight_column);
  }
  table->values = {};
  cloud.place_of_coordinate = [=](Index row, Index k) { return table->place(row, column_of(k)); };
  cloud.place_of_weight = [=](Index row) { return table->place(row, weight_column); };
  return cloud;
}

std::string write_text_cloud(const DiscreteMeasure& measure, char separator) {
  const bool weighted = !has_default_weights(measure);
  std::string text;
  if (weighted) {
    for (Index k = 1; k <= measure.dimension(); ++k) text += "x" + std::to_string(k) + separator;
    text += "weight\n";
  }
  for (Index row = 0; row < measure.size(); ++row) {
    for (Index k = 0; k < measure.dimension(); ++k) {
      if (k > 0) text += separator;
      append_number(text, measure.points()(row, k));
    }
    if (weighted) {
      text += separator;
      append_number(text, measure.weights()[row]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace brenier::io
