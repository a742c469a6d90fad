#include "plots/gnuplot.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/command.hpp"

extern char** environ;

namespace brenier::cli {
namespace {

/// A nameless temporary file, gone when it is closed: a stream of another process, without a pipe that may fill up.
class TemporaryFile {
 public:
  TemporaryFile() : file_(std::tmpfile(), &std::fclose) {
    if (!file_) throw Failure(std::string("no temporary file: ") + std::strerror(errno));
  }

  void write(const std::string& text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), file_.get()) == text.size();
    if (!written || std::fflush(file_.get()) != 0) {
      throw Failure(std::string("a temporary file cannot be written: ") + std::strerror(errno));
    }
    std::rewind(file_.get());
  }

  std::string read() {
    std::rewind(file_.get());
    std::string content;
    char buffer[1 << 16];
    for (std::size_t size; (size = std::fread(buffer, 1, sizeof buffer, file_.get())) > 0;)
      content.append(buffer, size);
    return content;
  }

  int descriptor() const { return fileno(file_.get()); }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

/// The last line that says something.
std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \n");
  if (end == std::string::npos) return "it said nothing";
  const std::size_t before = text.rfind('\n', end);
  return text.substr(before + 1, end - before);  // npos + 1 is 0.
}

}  // namespace

std::string terminal_for(const std::string& option, const std::string& file, int width, int height) {
  const std::string extension = std::filesystem::path(file).extension().string();
  const std::string pixels = std::to_string(width) + "," + std::to_string(height);
  if (extension == ".svg") return "svg size " + pixels + " font 'DejaVu Sans,12' background rgb 'white'";
  // Two dots a pixel, so that it is sharp in print.
  if (extension == ".png") {
    return "pngcairo size " + std::to_string(2 * width) + "," + std::to_string(2 * height) +
           " font 'DejaVu Sans,12' fontscale 2 linewidth 2 pointscale 2";
  }
  if (extension == ".pdf") {
    return "pdfcairo size " + std::to_string(width) + "/100.0," + std::to_string(height) +
           "/100.0 font 'DejaVu Sans,12' fontscale 0.7";
  }
  throw UsageError("--" + option + " " + file + ": expected a name that ends in .svg, .png or .pdf");
}

std::string run_gnuplot(const std::string& script) {
  TemporaryFile input, output, errors;
  input.write(script);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_adddup2(&streams, input.descriptor(), 0);
  posix_spawn_file_actions_adddup2(&streams, output.descriptor(), 1);
  posix_spawn_file_actions_adddup2(&streams, errors.descriptor(), 2);
  std::string words[] = {"gnuplot", "-d", "-"};  // -d: no settings of the user's.
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t process = 0;
  const int error = posix_spawnp(&process, "gnuplot", &streams, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&streams);
  if (error == ENOENT) {
    throw UsageError("gnuplot was not found, which draws the figures: install it (Debian package gnuplot-nox)");
  }
  if (error != 0) throw Failure(std::string("gnuplot cannot be started: ") + std::strerror(error));
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) throw Failure(std::string("gnuplot cannot be waited for: ") + std::strerror(errno));
  }
  std::string figure = output.read();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || figure.empty()) {
    throw Failure("gnuplot failed: " + last_line(errors.read()));
  }
  return figure;
}

void draw_figures(const std::vector<FigureFile>& figures) {
  std::vector<std::string> drawn;
  for (const FigureFile& figure : figures) {
    drawn.push_back(run_gnuplot("set terminal " + figure.terminal + "\n" + figure.script));
  }
  for (std::size_t i = 0; i < figures.size(); ++i) {
    write_file_atomically(figures[i].file, drawn[i]);
    std::cout << figures[i].file << '\n';
  }
}

}  // namespace brenier::cli
