#include "interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace brenier::cli {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<bool> announce_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not wait for a lock");

/// Does only what is allowed in a signal handler.
void on_signal(int signal_number) {
  if (stop_requested.exchange(true)) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  if (announce_stop) {
    const int saved_errno = errno;
    constexpr char message[] = "\nbrenier: stopping with the best plan so far; once more ends at once\n";
    // Nothing can be done here about a terminal that does not take the text.
    [[maybe_unused]] const auto written = write(STDERR_FILENO, message, sizeof message - 1);
    errno = saved_errno;
  }
}

void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(signal_number, &action, nullptr);
}

}  // namespace

InterruptGuard::InterruptGuard(bool announce) {
  stop_requested = false;
  announce_stop = announce;
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
}

InterruptGuard::~InterruptGuard() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
}

bool InterruptGuard::requested() noexcept { return stop_requested.load(std::memory_order_relaxed); }

}  // namespace brenier::cli
