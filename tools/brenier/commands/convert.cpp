#include <iostream>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/files.hpp"

namespace brenier::cli {

int run_convert(const std::vector<std::string>& words) {
  std::string in;
  std::string out;
  Arguments arguments("convert", "Reads a cloud and writes it in the format that the name of OUT asks for.");
  arguments.positional("IN", in, "cloud to read");
  arguments.positional("OUT", out, "file to write: .csv .tsv .txt .npy .npz .xyz .off .ply, or - for CSV");
  arguments.note(cloud_formats_help());
  if (!arguments.parse(words)) return exit_done;
  check_outputs({{"OUT", out, Content::measure}}, {in});

  const DiscreteMeasure cloud = read_measure(in);
  write_measure(out, cloud);
  if (out != "-") std::cout << describe_cloud(out, cloud) << '\n';
  return exit_done;
}

}  // namespace brenier::cli
