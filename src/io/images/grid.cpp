#include "io/images/grid.hpp"

#include <memory>
#include <utility>

#include "io/failure.hpp"
#include "io/images/pgm.hpp"
#include "io/text/text_table.hpp"

namespace brenier::io {
namespace {

Cloud pixel_centres(Index rows, Index columns, const std::vector<double>& values) {
  Cloud cloud;
  cloud.points.resize(rows * columns, 2);
  for (Index row = 0; row < rows; ++row) {
    for (Index column = 0; column < columns; ++column) {
      cloud.points.row(row * columns + column) << static_cast<double>(column) + 0.5, static_cast<double>(row) + 0.5;
    }
  }
  cloud.weights = Eigen::Map<const Vector>(values.data(), rows * columns);
  return cloud;
}

}  // namespace

Cloud read_grid(const Input& input) {
  if (has_suffix(input.name, ".pgm")) {
    const Picture picture = parse_pgm(input);
    return pixel_centres(picture.rows, picture.columns, picture.values);
  }
  const auto table = std::make_shared<TextTable>(parse_table(input));
  if (!table->header.empty()) {
    fail(input.name, "header", quoted(table->header.front()), "numbers, the first row of the grid");
  }
  const Index columns = table->columns;
  Cloud cloud = pixel_centres(table->rows(), columns, table->values);
  table->values = {};
  cloud.place_of_weight = [=](Index pixel) { return table->place(pixel / columns, pixel % columns); };
  return cloud;
}

}  // namespace brenier::io
