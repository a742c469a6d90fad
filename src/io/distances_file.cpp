#include <stdexcept>

#include "brenier/io.hpp"
#include "io/arrays/npy.hpp"
#include "io/failure.hpp"
#include "io/formats.hpp"
#include "io/output.hpp"
#include "io/text/number_text.hpp"

namespace brenier {
namespace {

std::string labelled_csv(const Points& values, const std::vector<std::string>& labels) {
  std::string text = "cloud";
  for (const std::string& label : labels) text += "," + csv_field(label);
  text += '\n';
  for (Index row = 0; row < values.rows(); ++row) {
    text += csv_field(labels[static_cast<std::size_t>(row)]);
    for (Index column = 0; column < values.cols(); ++column) {
      text += ',';
      io::append_number(text, values(row, column));
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char letter : text) field += letter == '"' ? "\"\"" : std::string(1, letter);
  return field + "\"";
}

void write_distances(const std::string& name, const Points& distances, const std::vector<std::string>& labels) {
  const auto count = static_cast<Index>(labels.size());
  if (distances.rows() != count || distances.cols() != count) {
    throw std::invalid_argument("distances: is " + std::to_string(distances.rows()) + "x" +
                                std::to_string(distances.cols()) + ", expected a row and a column for each of the " +
                                std::to_string(count) + " labels");
  }
  const bool is_npy = io::is_array_to_write(name);
  io::write_output(name, is_npy ? io::npy_bytes(distances) : labelled_csv(distances, labels));
}

}  // namespace brenier
