#pragma once

#include <string>

namespace brenier {

/// Why a solve ended.
struct Termination {
  enum class Reason {
    not_run,      ///< No solve has been called: the default of a Solution.
    optimal,      ///< The certificate proves the answer: `Certificate::proves_optimality`.
    time_limit,   ///< Stopped by the time limit: the plan is feasible, `certificate.lower_bound` is proven.
    interrupted,  ///< Stopped by the monitor: likewise.
    unproven,     ///< The engine finished, but the certificate's gap is not within rounding. Treat as a failure.
  };
  Reason reason = Reason::not_run;
  std::string detail;  ///< One sentence for a person; may be empty.
};

/// "optimal", "time_limit", …
std::string to_string(Termination::Reason reason);

}  // namespace brenier
