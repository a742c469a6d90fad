#include "options/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "io/formats.hpp"
#include "io/output.hpp"
#include "options/command.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* standard_stream = "-";

/// The file behind the name of an input: `grid:FILE` is FILE.
std::string file_of_input(const std::string& name) {
  return io::is_grid(name) ? name.substr(io::grid_prefix.size()) : name;
}

/// True when both names lead to one file, through whatever links; also for files that do not exist yet.
bool same_file(const std::string& a, const std::string& b) {
  std::error_code ignored;  // A path that cannot be followed is compared as it is written.
  if (fs::equivalent(a, b, ignored)) return true;
  const fs::path left = fs::weakly_canonical(fs::absolute(a, ignored), ignored);
  const fs::path right = fs::weakly_canonical(fs::absolute(b, ignored), ignored);
  return !left.empty() && left == right;
}

}  // namespace

std::string cloud_formats_help() {
  return "Clouds (the extension chooses the format):\n"
         "  .csv .tsv .txt   one point a line; optional header; a column named weight holds the weights\n"
         "  .npy .npz        array n x d; in .npz named points, optionally with weights\n"
         "  .idx -ubyte .gz  IDX images as in MNIST: an image is a point, pixels / 255\n"
         "  .xyz .off .ply   vertices\n"
         "  grid:FILE        CSV matrix or PGM image: weights on the pixel centres\n"
         "  -                CSV on standard input\n"
         "An integer that a double does not hold (2^53 + 1) is refused: subtract a common offset first.\n";
}

void check_outputs(const std::vector<OutputFile>& outputs, const std::vector<std::string>& inputs) {
  std::vector<OutputFile> seen;
  for (const OutputFile& output : outputs) {
    if (output.name.empty()) continue;
    for (const OutputFile& other : seen) {
      const bool both_streams = output.name == standard_stream && other.name == standard_stream;
      const bool both_files = output.name != standard_stream && other.name != standard_stream;
      if (both_streams || (both_files && same_file(output.name, other.name))) {
        throw UsageError(other.option + " and " + output.option + " would both write " + output.name);
      }
    }
    seen.push_back(output);
    if (output.name == standard_stream) continue;
    for (const std::string& input : inputs) {
      if (input != standard_stream && same_file(output.name, file_of_input(input))) {
        throw UsageError(output.option + " " + output.name + " would overwrite the input " + input);
      }
    }
    check_writable(output.name, output.content);
  }
}

std::string read_file(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  if (!stream) throw FileError(name + ": cannot be read: " + std::strerror(errno));
  return {std::istreambuf_iterator<char>(stream), {}};
}

void check_comparable(const std::string& source, const DiscreteMeasure& a, const std::string& target,
                      const DiscreteMeasure& b, bool normalize) {
  if (a.dimension() != b.dimension()) {
    throw std::invalid_argument(describe_cloud(source, a) + ", but " + describe_cloud(target, b) +
                                ": both must have the same dimension");
  }
  const double difference = std::abs(a.total_mass() - b.total_mass());
  if (!normalize && difference > mass_tolerance * std::max(a.total_mass(), b.total_mass())) {
    throw std::invalid_argument("the masses differ: " + source + " has " + digits(a.total_mass()) + ", " + target +
                                " has " + digits(b.total_mass()) + "; --normalize scales both to 1");
  }
}

std::pair<DiscreteMeasure, DiscreteMeasure> read_clouds(const std::string& source, const std::string& target,
                                                        bool normalize) {
  if (source == standard_stream && target == standard_stream) {
    throw UsageError("SOURCE and TARGET are both -: standard input holds only one cloud");
  }
  DiscreteMeasure a = read_measure(source);
  DiscreteMeasure b = read_measure(target);
  check_comparable(source, a, target, b, normalize);
  return {std::move(a), std::move(b)};
}

std::vector<DiscreteMeasure> read_clouds(const std::vector<std::string>& names, bool normalize) {
  if (std::count(names.begin(), names.end(), standard_stream) > 1) {
    throw UsageError("- is given twice: standard input holds only one cloud");
  }
  std::vector<DiscreteMeasure> clouds;
  clouds.reserve(names.size());
  for (const std::string& name : names) {
    clouds.push_back(read_measure(name));
    for (std::size_t i = 0; i + 1 < clouds.size(); ++i) {
      check_comparable(names[i], clouds[i], name, clouds.back(), normalize);
    }
  }
  return clouds;
}

std::string name_files(const std::vector<std::string>& files, const std::string& message) {
  std::string names;
  for (auto file = files.begin(); file != files.end(); ++file) {
    if (std::find(files.begin(), file, *file) != file) continue;
    names += (names.empty() ? "" : ", ") + (*file == standard_stream ? "standard input" : *file);
  }
  return names + ": " + message;
}

std::string describe_cloud(const std::string& name, const DiscreteMeasure& cloud) {
  return name + ": " + count(cloud.size(), "point") + " in " + count(cloud.dimension(), "dimension");
}

}  // namespace brenier::cli
