#include "certificate/termination.hpp"

#include <stdexcept>

#include "numeric/message.hpp"

namespace brenier {

Termination terminate(const Certificate& certificate, bool finished, const RunControl& control) {
  using Reason = Termination::Reason;
  if (certificate.proves_optimality()) return {Reason::optimal, ""};
  if (!finished) {
    return {control.reason(), "Stopped before the optimum: the plan is feasible and the lower bound holds."};
  }
  return {Reason::unproven, message("The engine finished, but the certificate leaves a relative gap of ",
                                    certificate.relative_gap, ", a violation of ", certificate.max_violation,
                                    " and a marginal residual of ", certificate.marginal_residual, ".")};
}

std::string to_string(Termination::Reason reason) {
  switch (reason) {
    case Termination::Reason::not_run:
      return "not_run";
    case Termination::Reason::optimal:
      return "optimal";
    case Termination::Reason::time_limit:
      return "time_limit";
    case Termination::Reason::interrupted:
      return "interrupted";
    case Termination::Reason::unproven:
      return "unproven";
  }
  throw std::logic_error("an unknown reason of termination");
}

}  // namespace brenier
