#include <utility>

#include "brenier/io.hpp"
#include "io/formats.hpp"
#include "io/images/grid.hpp"
#include "io/output.hpp"

namespace brenier {

DiscreteMeasure read_measure(const std::string& name) {
  if (io::is_grid(name)) {
    const io::Input input = io::read_input(name.substr(io::grid_prefix.size()));
    return io::checked_measure(input.name, io::read_grid(input));
  }
  const io::Input input = io::read_input(name);
  const io::CloudFormat& format = io::format_to_read(name);
  return io::checked_measure(input.name, format.read(input));
}

void write_measure(const std::string& name, const DiscreteMeasure& measure) {
  io::write_output(name, io::format_to_write(name).write(name, measure));
}

}  // namespace brenier
