#include "reports/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

namespace brenier::cli {
namespace {

std::atomic<bool> stop_requested{false};
std::atomic<const char*> announcement{nullptr};  ///< Null where nothing is to be said.
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<const char*>::is_always_lock_free,
              "a signal handler may not wait for a lock");

void say(const char* text) {
  // Nothing can be done here about a terminal that does not take the text.
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text, std::strlen(text));
}

/// Does only what is allowed in a signal handler.
void on_signal(int signal_number) {
  if (stop_requested.exchange(true)) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  if (const char* text = announcement) {
    const int saved_errno = errno;
    say("\nbrenier: ");
    say(text);
    say("; once more ends at once\n");
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

InterruptGuard::InterruptGuard(bool announce, const char* text) {
  stop_requested = false;
  announcement = announce ? text : nullptr;
  handle(SIGINT, on_signal);
  handle(SIGTERM, on_signal);
}

InterruptGuard::~InterruptGuard() {
  handle(SIGINT, SIG_DFL);
  handle(SIGTERM, SIG_DFL);
}

bool InterruptGuard::requested() noexcept { return stop_requested.load(std::memory_order_relaxed); }

}  // namespace brenier::cli
