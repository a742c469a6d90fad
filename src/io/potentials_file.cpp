#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>
#include <vector>

#include "brenier/io.hpp"
#include "io/arrays/npz.hpp"
#include "io/failure.hpp"
#include "io/formats.hpp"
#include "io/output.hpp"
#include "io/text/letters.hpp"
#include "io/text/number_text.hpp"
#include "io/text/text_lines.hpp"

namespace brenier {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr const char* header = "side,index,value";

void append_side(std::string& text, const char* side, const Vector& values) {
  for (Index k = 0; k < values.size(); ++k) {
    text += side;
    io::append_number(text, static_cast<long long>(k));
    text += ',';
    io::append_number(text, values[k]);
    text += '\n';
  }
}

/// The vector that a field of the column `side` means.
Vector& side_named(const std::string& file, Index line, std::string_view field, Potentials& potentials) {
  if (io::equal_ignoring_case(field, "source")) return potentials.phi;
  if (io::equal_ignoring_case(field, "target")) return potentials.psi;
  io::fail(file, io::text_place(line, 0), io::quoted(field), "source or target");
}

Index index_in(const std::string& file, Index line, std::string_view field, Index size) {
  Index index = -1;
  const std::from_chars_result result = std::from_chars(field.data(), field.data() + field.size(), index);
  if (result.ec == std::errc() && result.ptr == field.data() + field.size() && index >= 0 && index < size) return index;
  io::fail(file, io::text_place(line, 1), io::quoted(field), "an integer from 0 to " + std::to_string(size - 1));
}

void require_all(const std::string& file, const char* side, const Vector& values) {
  for (Index k = 0; k < values.size(); ++k) {
    if (std::isnan(values[k])) {
      io::fail(file, "", "no value for " + std::string(side) + " " + std::to_string(k),
               "one for each of the " + std::to_string(values.size()));
    }
  }
}

Potentials read_csv(const io::Input& input, Index sources, Index targets) {
  const std::string& file = input.name;
  Potentials potentials{Vector::Constant(sources, missing), Vector::Constant(targets, missing)};
  io::TextLines lines(input.bytes);
  std::vector<std::string_view> fields;
  if (!lines.next() || !io::equal_ignoring_case(lines.line(), header)) {
    io::fail(file, "header", io::quoted(lines.line()), io::quoted(header));
  }
  while (lines.next()) {
    io::split_fields(lines.line(), ',', fields);
    if (fields.size() != 3) io::fail(file, lines.place(), io::counted(fields.size(), "field"), "3");
    Vector& values = side_named(file, lines.number(), fields[0], potentials);
    double& value = values[index_in(file, lines.number(), fields[1], values.size())];
    if (!std::isnan(value)) {
      io::fail(file, lines.place(), "a second value for " + std::string(fields[0]) + " " + std::string(fields[1]),
               "one");
    }
    value = io::finite_number(file, lines.number(), 2, fields[2]);
  }
  require_all(file, "source", potentials.phi);
  require_all(file, "target", potentials.psi);
  return potentials;
}

}  // namespace

void write_potentials(const std::string& name, const Potentials& potentials) {
  if (io::is_archive_to_write(name)) {
    const std::vector<io::NamedBytes> arrays = {{"phi", io::npy_bytes(potentials.phi)},
                                                {"psi", io::npy_bytes(potentials.psi)}};
    return io::write_output(name, io::npz_bytes(name, arrays));
  }
  std::string text = std::string(header) + "\n";
  append_side(text, "source,", potentials.phi);
  append_side(text, "target,", potentials.psi);
  io::write_output(name, text);
}

Potentials read_potentials(const std::string& name, Index sources, Index targets) {
  const bool is_archive = io::is_archive_to_read(name);
  const io::Input input = io::read_input(name);
  if (!is_archive) return read_csv(input, sources, targets);
  const io::NpzReader archive(input);
  return {archive.read_vector("phi", sources).values.col(0), archive.read_vector("psi", targets).values.col(0)};
}

}  // namespace brenier
