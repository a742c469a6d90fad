#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "brenier/io.hpp"
#include "brenier/version.hpp"
#include "cases.hpp"
#include "cold_solve.hpp"
#include "io/output.hpp"
#include "options/arguments.hpp"
#include "options/command.hpp"
#include "options/files.hpp"
#include "options/option_values.hpp"
#include "reports/interrupt.hpp"
#include "reports/live_line.hpp"
#include "reports/report.hpp"

namespace brenier::cli {
namespace {

using validation::Case;
using validation::Claim;
using validation::Claims;
using validation::Fault;

struct ValidateRequest {
  std::vector<std::string> names;
  bool list = false;
  bool quick = false;
  bool quiet = false;
  std::string json;
  validation::Setting setting;
};

/// What came of a case.
struct Outcome {
  const Case* of = nullptr;
  Claims claims;
  std::string missing;  ///< Why it was skipped; empty where it ran.
};

/// Tells which case runs, and stops its solves when the user wants to.
class CaseLine : public Monitor {
 public:
  CaseLine(bool quiet, const std::string& name) : line_(quiet) { line_.show("validating " + name, ""); }
  bool stop_requested() noexcept override { return InterruptGuard::requested(); }

 private:
  LiveLine line_;
};

void declare(Arguments& arguments, ValidateRequest& request) {
  arguments.operands("CASE", request.names, "a case of the list; all of them where none is named");
  arguments.flag("list", request.list, "print the cases and end");
  arguments.flag("quick", request.quick, "the cases that together take less than a minute");
  add_json(arguments, request.json);
  arguments.option("mnist", "FILE", text(request.setting.data.mnist), "MNIST images (IDX), for the cases on digits");
  arguments.option("mnist-labels", "FILE", text(request.setting.data.mnist_labels), "their labels (IDX)");
  arguments.option("usps", "FILE", text(request.setting.data.usps), "USPS digits as text: the digit, then 256 values");
  arguments.option("fault", "FAULT",
                   one_of<Fault>(request.setting.fault, {{"sign", Fault::sign}, {"step", Fault::step}}),
                   "self-test of the validation: sign turns each step of the flows round, step makes it 1 % too long; "
                   "claims must fail then");
  add_threads(arguments, request.setting.threads);
  arguments.flag("quiet", request.quiet, "no progress on standard error");
  arguments.note(
      "Each claim is measured by solves from nothing and compared with what the theory predicts. It holds when the "
      "error is\nwithin the bound, which validation/README.md derives. Exit code 0: all claims hold; 1: one fails. "
      "Cases "
      "whose data\nare not given are skipped, and said to be.\n");
}

/// The cases that were asked for, in the order of the list.
std::vector<const Case*> chosen(const ValidateRequest& request) {
  if (request.quick && !request.names.empty()) throw UsageError("--quick: chooses the cases, expected no CASE with it");
  std::vector<std::string> known;
  for (const Case& entry : validation::cases()) known.push_back(entry.name);
  for (const std::string& name : request.names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw UsageError("CASE " + name + ": expected " + enumerate(known) + did_you_mean(name, known));
    }
  }
  std::vector<const Case*> result;
  for (const Case& entry : validation::cases()) {
    const bool named = std::find(request.names.begin(), request.names.end(), entry.name) != request.names.end();
    if (named || (request.names.empty() && (entry.quick || !request.quick))) result.push_back(&entry);
    if (named && !entry.missing(request.setting.data).empty()) {
      throw UsageError("CASE " + entry.name + ": needs " + entry.missing(request.setting.data));
    }
  }
  return result;
}

void check_readable(const std::string& name) {
  if (!name.empty() && !std::ifstream(name)) throw FileError(name + ": cannot be read");
}

void print_list() {
  std::size_t width = 0;
  for (const Case& entry : validation::cases()) width = std::max(width, entry.name.size());
  for (const Case& entry : validation::cases()) {
    std::cout << (entry.quick ? "quick  " : "       ") << entry.name << std::string(width - entry.name.size() + 2, ' ')
              << entry.summary << '\n';
  }
}

/// Aligned columns, two blanks apart.
void print_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t k = 0; k < row.size(); ++k) widths[k] = std::max(widths[k], row[k].size());
  }
  for (const auto& row : rows) {
    for (std::size_t k = 0; k + 1 < row.size(); ++k) {
      std::cout << "  " << row[k] << std::string(widths[k] - row[k].size(), ' ');
    }
    std::cout << "  " << row.back() << '\n';
  }
}

void print(const Outcome& outcome) {
  std::cout << outcome.of->name << ": " << outcome.of->summary << '\n';
  if (outcome.missing.empty()) {
    std::vector<std::vector<std::string>> rows = {{"claim", "measured", "predicted", "error", "bound", "verdict"}};
    for (const Claim& claim : outcome.claims) {
      if (claim.is_judged()) {
        rows.push_back({claim.statement, digits(claim.measured, 14), digits(claim.predicted, 14),
                        digits(claim.error(), 2), digits(claim.bound, 2), claim.holds() ? "holds" : "FAILS"});
      } else {
        rows.push_back({claim.statement, digits(claim.measured, 14), "-", "-", "-", "not judged"});
      }
    }
    print_table(rows);
  } else {
    std::cout << "  SKIPPED: needs " << outcome.missing << '\n';
  }
  std::cout << std::endl;  // A case may take long: it is shown when it is done.
}

const char* name_of(validation::Relation relation) {
  using validation::Relation;
  switch (relation) {
    case Relation::equal:
      return "equal";
    case Relation::at_most:
      return "at_most";
    case Relation::at_least:
      return "at_least";
    case Relation::reported:
      return "reported";
  }
  return "";
}

const char* name_of(Fault fault) { return fault == Fault::none ? "none" : fault == Fault::sign ? "sign" : "step"; }

std::string json_text(const std::vector<Outcome>& outcomes, Fault fault, bool all_hold) {
  nlohmann::ordered_json cases = nlohmann::ordered_json::array();
  for (const Outcome& outcome : outcomes) {
    nlohmann::ordered_json entry = {{"case", outcome.of->name}, {"skipped", !outcome.missing.empty()}};
    entry["claims"] = nlohmann::ordered_json::array();
    for (const Claim& claim : outcome.claims) {
      nlohmann::ordered_json row = {
          {"claim", claim.statement}, {"relation", name_of(claim.relation)}, {"measured", claim.measured}};
      if (claim.is_judged()) {
        row["predicted"] = claim.predicted;
        row["error"] = claim.error();
        row["bound"] = claim.bound;
        row["holds"] = claim.holds();
      }
      entry["claims"].push_back(std::move(row));
    }
    cases.push_back(std::move(entry));
  }
  const nlohmann::ordered_json whole = {
      {"version", std::string(version())}, {"fault", name_of(fault)}, {"holds", all_hold}, {"cases", cases}};
  return whole.dump(2) + "\n";
}

/// @throws Failure when it was stopped, or a solve could not be proven.
Outcome run(const Case& entry, ValidateRequest& request) {
  Outcome outcome{&entry, {}, entry.missing(request.setting.data)};
  if (!outcome.missing.empty()) return outcome;
  CaseLine line(request.quiet, entry.name);
  request.setting.monitor = &line;
  try {
    outcome.claims = entry.run(request.setting);
  } catch (const validation::NotProven& error) {
    throw Failure("case " + entry.name + ": " + error.what());
  }
  return outcome;
}

}  // namespace

int run_validate(const std::vector<std::string>& words) {
  ValidateRequest request;
  Arguments arguments("validate",
                      "Measures the claims of the theory of Wasserstein flows, and distances that are known in closed "
                      "form,\nagainst this program.");
  declare(arguments, request);
  if (!arguments.parse(words)) return exit_done;
  if (request.list) {
    print_list();
    return exit_done;
  }
  const std::vector<const Case*> wanted = chosen(request);
  const validation::DataSets& data = request.setting.data;
  check_outputs({{"--json", request.json}}, {data.mnist, data.mnist_labels, data.usps});
  for (const std::string& name : {data.mnist, data.mnist_labels, data.usps}) check_readable(name);

  InterruptGuard guard(!request.quiet, "stopping");
  const auto begin = std::chrono::steady_clock::now();
  std::vector<Outcome> outcomes;
  std::size_t claims = 0, failures = 0, skipped = 0;
  for (const Case* entry : wanted) {
    outcomes.push_back(run(*entry, request));
    const Outcome& outcome = outcomes.back();
    for (const Claim& claim : outcome.claims) {
      claims += claim.is_judged() ? 1 : 0;
      failures += claim.holds() ? 0 : 1;
    }
    skipped += outcome.missing.empty() ? 0 : 1;
    if (request.json != "-") print(outcome);
  }
  if (!request.json.empty()) {
    const std::string text = json_text(outcomes, request.setting.fault, failures == 0);
    if (request.json == "-") {
      std::cout << text;
    } else {
      write_file_atomically(request.json, text);
    }
  }
  if (request.json != "-") {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::cout << (failures == 0 ? "all " + std::to_string(claims) + " claims hold"
                                : std::to_string(failures) + " of " + std::to_string(claims) + " claims FAIL")
              << (skipped > 0 ? ", " + count(static_cast<Index>(skipped), "case") + " skipped" : "") << " ("
              << digits(seconds, 3) << " s)\n";
  }
  return failures == 0 ? exit_done : exit_failed;
}

}  // namespace brenier::cli
