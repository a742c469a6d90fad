#include "io/meshes/off.hpp"

#include <cmath>
#include <vector>

#include "io/failure.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_cloud.hpp"
#include "io/text/text_lines.hpp"

namespace brenier::io {
namespace {

using Fields = std::vector<std::string_view>;

/// Checks the keyword ([ST][C][N]OFF) and drops it from the fields of the first line.
void take_keyword(const std::string& file, const TextLines& lines, Fields& fields) {
  std::string_view prefix = fields.front();
  constexpr std::string_view keyword = "OFF";
  bool known = prefix.size() >= keyword.size() && prefix.substr(prefix.size() - keyword.size()) == keyword;
  if (known) prefix.remove_suffix(keyword.size());
  for (const std::string_view part : {"ST", "C", "N"}) {
    if (known && prefix.substr(0, part.size()) == part) prefix.remove_prefix(part.size());
  }
  known = known && prefix.empty();
  if (!known) fail(file, lines.place(), quoted(fields.front()), "the keyword OFF, COFF, NOFF or STOFF");
  fields.erase(fields.begin());
}

Index count_in(const std::string& file, const TextLines& lines, std::string_view field, const std::string& what) {
  double count = 0.0;
  const bool valid = parse_number(field, count) && count >= 0 && count <= 9.0e15 && count == std::floor(count);
  if (!valid) fail(file, lines.place(), quoted(field), "the number of " + what);
  return static_cast<Index>(count);
}

}  // namespace

Cloud read_off(const Input& input) {
  const std::string& file = input.name;
  TextLines lines(input.bytes);
  Fields fields;
  if (!lines.next()) fail(file, "", "no data", "the keyword OFF");
  split_fields(lines.line(), ' ', fields);
  take_keyword(file, lines, fields);
  if (fields.empty()) {
    if (!lines.next()) fail(file, "", "the end of the file", "the numbers of vertices and faces");
    split_fields(lines.line(), ' ', fields);
  }
  if (fields.size() < 2 || fields.size() > 3) {
    fail(file, lines.place(), counted(fields.size(), "field"), "the numbers of vertices, faces and edges");
  }
  const Index vertices = count_in(file, lines, fields[0], "vertices");
  const Index faces = count_in(file, lines, fields[1], "faces");

  constexpr Index shortest_line = 6;  // "0 0 0\n"
  const Index room = static_cast<Index>(input.bytes.size()) / shortest_line + 1;
  if (vertices > room) {
    fail(file, lines.place(),
         std::to_string(vertices) + " vertices in a file of " + counted(input.bytes.size(), "byte"),
         "at most " + std::to_string(room));
  }
  Cloud cloud;
  cloud.points.resize(vertices, 3);
  for (Index row = 0; row < vertices; ++row) {
    if (!lines.next())
      fail(file, "", counted(static_cast<unsigned long long>(row), "line") + " of vertices", std::to_string(vertices));
    split_fields(lines.line(), ' ', fields);
    if (fields.size() < 3) fail(file, lines.place(), counted(fields.size(), "field"), "at least 3 (x, y, z)");
    for (Index k = 0; k < 3; ++k)
      cloud.points(row, k) = finite_number(file, lines.number(), k, fields[static_cast<std::size_t>(k)]);
  }
  for (Index face = 0; face < faces; ++face) {
    if (!lines.next())
      fail(file, "", counted(static_cast<unsigned long long>(face), "line") + " of faces", std::to_string(faces));
  }
  return cloud;
}

std::string write_off(const std::string& file, const DiscreteMeasure& measure) {
  require_default_weights(file, measure);
  if (measure.dimension() != 3)
    fail(file, "", "points of dimension " + std::to_string(measure.dimension()), "3 for .off");
  return "OFF\n" + std::to_string(measure.size()) + " 0 0\n" + write_text_cloud(measure, ' ');
}

}  // namespace brenier::io
