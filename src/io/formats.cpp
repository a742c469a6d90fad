#include "io/formats.hpp"

#include <algorithm>

#include "io/arrays/npy.hpp"
#include "io/arrays/npz.hpp"
#include "io/failure.hpp"
#include "io/images/idx.hpp"
#include "io/meshes/off.hpp"
#include "io/meshes/ply.hpp"
#include "io/text/letters.hpp"
#include "io/text/text_cloud.hpp"
#include "io/text/xyz.hpp"

namespace brenier::io {
namespace {

template <char separator>
std::string write_text(const std::string&, const DiscreteMeasure& measure) {
  return write_text_cloud(measure, separator);
}

const std::vector<CloudFormat>& cloud_formats() {
  static const std::vector<CloudFormat> formats = {
      {{".csv"}, read_text_cloud, write_text<','>},
      {{".tsv"}, read_text_cloud, write_text<'\t'>},
      {{".txt"}, read_text_cloud, write_text<' '>},
      {{".npy"}, read_npy, write_npy},
      {{".npz"}, read_npz, write_npz},
      {{".idx", "-ubyte"}, read_idx, nullptr},
      {{".xyz"}, read_xyz, write_xyz},
      {{".off"}, read_off, write_off},
      {{".ply"}, read_ply, write_ply},
  };
  return formats;
}

std::string extension_text(const std::string& name) {
  const std::size_t slash = name.rfind('/');
  const std::string file = slash == std::string::npos ? name : name.substr(slash + 1);
  const std::size_t dot = file.rfind('.');
  return dot == std::string::npos ? "a name without extension" : "extension " + quoted(file.substr(dot));
}

std::string known_suffixes(bool writable) {
  std::string text;
  for (const CloudFormat& format : cloud_formats()) {
    if (writable && format.write == nullptr) continue;
    for (const std::string_view suffix : format.suffixes) text += (text.empty() ? "" : ", ") + std::string(suffix);
  }
  return text;
}

/// Null where no format has a suffix that `matches`.
template <class Matches>
const CloudFormat* find_format(const Matches& matches) {
  const std::vector<CloudFormat>& formats = cloud_formats();
  const auto found = std::find_if(formats.begin(), formats.end(), [&](const CloudFormat& format) {
    return std::any_of(format.suffixes.begin(), format.suffixes.end(), matches);
  });
  return found == formats.end() ? nullptr : &*found;
}

template <class HasSuffix>
bool is_archive(const std::string& name, const HasSuffix& has_that_suffix) {
  if (name == "-" || has_that_suffix(name, ".csv")) return false;
  if (!has_that_suffix(name, ".npz")) fail(name, "", extension_text(name), ".csv or .npz");
  return true;
}

}  // namespace

bool is_grid(const std::string& name) { return name.rfind(grid_prefix, 0) == 0; }

const CloudFormat& format_to_read(const std::string& name) {
  if (name == "-") return cloud_formats().front();
  const CloudFormat* format = find_format([&](std::string_view suffix) { return has_suffix(name, suffix); });
  if (format != nullptr) return *format;
  if (has_suffix(name, ".pgm")) fail(name, "", "a picture", "grid:" + name + " to read its pixels as weights");
  fail(name, "", extension_text(name), known_suffixes(false) + " (each also with .gz), or grid:FILE");
}

const CloudFormat& format_to_write(const std::string& name) {
  if (name == "-") return cloud_formats().front();
  if (is_grid(name)) fail(name, "", "a grid, which is only read", known_suffixes(true));
  const CloudFormat* format =
      find_format([&](std::string_view suffix) { return ends_with_ignoring_case(name, suffix); });
  if (format == nullptr || format->write == nullptr) fail(name, "", extension_text(name), known_suffixes(true));
  return *format;
}

bool is_archive_to_read(const std::string& name) { return is_archive(name, has_suffix); }

bool is_archive_to_write(const std::string& name) { return is_archive(name, ends_with_ignoring_case); }

bool is_array_to_write(const std::string& name) {
  if (name == "-" || ends_with_ignoring_case(name, ".csv")) return false;
  if (!ends_with_ignoring_case(name, ".npy")) fail(name, "", extension_text(name), ".csv or .npy");
  return true;
}

}  // namespace brenier::io
