#include "io/text/xyz.hpp"

#include <memory>

#include "io/failure.hpp"
#include "io/text/text_cloud.hpp"
#include "io/text/text_table.hpp"

namespace brenier::io {

Cloud read_xyz(const Input& input) {
  const auto table = std::make_shared<TextTable>(parse_table(input, 3));
  if (table->columns < 3) {
    fail(input.name, "line " + std::to_string(table->lines.front()),
         counted(static_cast<unsigned long long>(table->columns), "column"), "at least 3 (x, y, z)");
  }
  Cloud cloud;
  cloud.points.resize(table->rows(), 3);
  for (Index row = 0; row < table->rows(); ++row) {
    for (Index k = 0; k < 3; ++k) cloud.points(row, k) = (*table)(row, k);
  }
  cloud.place_of_coordinate = [=](Index row, Index k) { return table->place(row, k); };
  return cloud;
}

std::string write_xyz(const std::string& file, const DiscreteMeasure& measure) {
  require_default_weights(file, measure);
  if (measure.dimension() != 3)
    fail(file, "", "points of dimension " + std::to_string(measure.dimension()), "3 for .xyz");
  return write_text_cloud(measure, ' ');
}

}  // namespace brenier::io
