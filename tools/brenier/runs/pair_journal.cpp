#include "runs/pair_journal.hpp"

#include <unistd.h>

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "brenier/io.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

const std::string end_of_head = "i,j,distance";

/// Goes through the lines of a text that end in a line end.
class WholeLines {
 public:
  explicit WholeLines(std::string_view text) : rest_(text) {}

  /// The next line without its end; nothing where the text ends before the line does.
  std::optional<std::string_view> next() {
    const std::size_t end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++number_;
    return line;
  }

  /// Of the line that came last, from 1.
  int number() const { return number_; }

  /// What is behind it.
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  int number_ = 0;
};

/// Reads a number that ends at `stop` (or with the text) and moves the text behind it.
template <typename Number>
bool take_number(std::string_view& text, char stop, Number& value) {
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || (stop == '\0' ? at != end : at == end || *at != stop)) return false;
  text.remove_prefix(static_cast<std::size_t>(at - text.data()) + (stop == '\0' ? 0 : 1));
  return true;
}

std::optional<PairDistance> parse_row(std::string_view row, Index clouds) {
  PairDistance result;
  auto& [pair, distance] = result;
  const bool is_row = take_number(row, ',', pair.first) && take_number(row, ',', pair.second) &&
                      take_number(row, '\0', distance) && 0 <= pair.first && pair.first < pair.second &&
                      pair.second < clouds && std::isfinite(distance) && distance >= 0.0;
  return is_row ? std::optional(result) : std::nullopt;
}

std::string place(const std::string& name, int line) { return name + ": line " + std::to_string(line); }

[[noreturn]] void refuse_other_run(const std::string& name, int line, std::string_view found,
                                   const JournalLine& expected) {
  throw FileError(place(name, line) + ": found '" + std::string(found) + "', expected '" + expected.text + "'" +
                  (expected.meaning.empty() ? "" : " (" + expected.meaning + ")") +
                  ": the journal of another run; delete it to begin anew");
}

}  // namespace

PairJournal::PairJournal(std::string name, const std::vector<JournalLine>& head, Index clouds)
    : name_(std::move(name)), file_(name_) {
  std::vector<JournalLine> expected = head;
  expected.push_back({end_of_head, ""});
  std::string whole_head;
  for (const JournalLine& line : expected) whole_head += line.text + '\n';
  const std::string text = file_.read();
  if (text.size() < whole_head.size() && whole_head.compare(0, text.size(), text) == 0) {
    file_.append(whole_head.substr(text.size()));  // A new journal, or one whose head was cut short.
    return;
  }

  WholeLines lines(text);
  for (const JournalLine& line : expected) {
    const auto found = lines.next();
    if (found != line.text)
      refuse_other_run(name_, found ? lines.number() : lines.number() + 1, found.value_or(lines.rest()), line);
  }
  while (const auto row = lines.next()) {
    const auto finished = parse_row(*row, clouds);
    if (!finished) {
      throw FileError(place(name_, lines.number()) + ": found '" + std::string(*row) +
                      "', expected i,j,distance with 0 <= i < j < " + std::to_string(clouds) +
                      "; delete the journal to begin anew");
    }
    earlier_.push_back(*finished);
  }
  if (!lines.rest().empty()) file_.cut(text.size() - lines.rest().size());
}

void PairJournal::append(const PairDistance& finished) const {
  file_.append(std::to_string(finished.pair.first) + "," + std::to_string(finished.pair.second) + "," +
               digits(finished.distance) + "\n");
}

void PairJournal::remove() const { unlink(name_.c_str()); }

}  // namespace brenier::cli
