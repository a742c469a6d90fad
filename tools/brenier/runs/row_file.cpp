#include "runs/row_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <utility>

#include "brenier/io.hpp"
#include "io/output.hpp"
#include "options/command.hpp"
#include "runs/natural_order.hpp"

namespace brenier::cli {
namespace {

std::string joined(const std::string& header, const std::vector<StoredRow>& rows) {
  std::string text = header;
  for (const StoredRow& row : rows) text += row.line;
  return text;
}

bool comes_before(const StoredRow& a, const StoredRow& b) { return natural_less(a.fields.front(), b.fields.front()); }

}  // namespace

RowFile::RowFile(std::string name, RowFormat format, bool append) : name_(std::move(name)), format_(std::move(format)) {
  if (is_stream()) return;
  std::error_code ignored;
  if (!std::filesystem::exists(name_, ignored)) return;
  if (!std::filesystem::is_regular_file(name_, ignored)) {
    throw UsageError("--out " + name_ + " is no regular file; without --out rows go to standard output");
  }
  if (!append && std::filesystem::file_size(name_, ignored) > 0) {
    throw UsageError("--out " + name_ + " holds a table already; --append goes on with it, another name begins anew");
  }
  file_.emplace(name_);
  take_over();
}

void RowFile::take_over() {
  const std::string text = file_->read();
  if (text.empty()) return;
  earlier_ = format_.parse(name_, text);
  const auto failed = [](const StoredRow& row) { return !row.fields.back().empty(); };
  earlier_.erase(std::remove_if(earlier_.begin(), earlier_.end(), failed), earlier_.end());
  keeps_all_ = joined(format_.header(), earlier_) == text;
}

void RowFile::add(const std::vector<Cell>& row) {
  if (!is_begun_) begin();
  write(format_.line(row));
}

void RowFile::begin() {
  is_begun_ = true;
  if (!is_stream() && !file_) file_.emplace(name_);
  if (!keeps_all_) {
    write_file_atomically(name_, joined(format_.header(), earlier_));
    file_.emplace(name_);  // The file of this name is another one now.
  }
  std::error_code ignored;
  if (is_stream() || std::filesystem::file_size(name_, ignored) == 0) write(format_.header());
}

void RowFile::finish() {
  if (is_stream() || !file_) return;
  if (!is_begun_) begin();
  std::vector<StoredRow> rows = format_.parse(name_, file_->read());
  if (std::is_sorted(rows.begin(), rows.end(), comes_before)) return;
  std::stable_sort(rows.begin(), rows.end(), comes_before);
  write_file_atomically(name_, joined(format_.header(), rows));
}

void RowFile::write(const std::string& text) const {
  if (is_stream()) {
    errno = 0;
    std::cout << text << std::flush;
    if (!std::cout) throw Failure("cannot write to standard output: " + std::string(std::strerror(errno)));
    return;
  }
  file_->append(text);
}

}  // namespace brenier::cli
