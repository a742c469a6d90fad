#include "worker.hpp"

#include <algorithm>
#include <functional>
#include <iostream>
#include <utility>

#include "cloud_packet.hpp"
#include "lost_ranks.hpp"
#include "options/command.hpp"
#include "options/threads.hpp"
#include "pause.hpp"
#include "reports/interrupt.hpp"

namespace brenier::mpi {
namespace {

constexpr int chief = 0;

double seconds_since(std::chrono::steady_clock::time_point time) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - time).count();
}

}  // namespace

bool Worker::Stop::stop_requested() noexcept { return wanted || cli::InterruptGuard::requested(); }

void Worker::work() {
  const cli::InterruptGuard guard(false);
  for (Pause pause;;) {
    auto letter = mailbox_.receive();
    const bool heard = letter.has_value();
    if (heard) read(std::move(*letter));
    advance();
    give_sign_of_life();
    if (seconds_since(heard_) > patience_) {
      std::cerr << "brenier-mpi: rank " << mailbox_.rank() << ": rank 0 says nothing any more\n";
      mailbox_.end_without({}, cli::exit_failed);
    }
    pause(heard || mailbox_.is_busy());
  }
}

void Worker::read(Letter letter) {
  heard_ = Clock::now();
  switch (letter.subject) {
    case Subject::answer:
      patience_ = letter.packet.take_number();
      break;
    case Subject::cloud: {
      const Index place = letter.packet.take_index();
      clouds_.emplace(place, take_cloud(letter.packet));
      break;
    }
    case Subject::task:
      tasks_.push_back(std::move(letter.packet));
      break;
    case Subject::leave:
      stop_.wanted = leaving_ = true;
      tasks_.clear();
      break;
    case Subject::end:
      end(std::move(letter.packet));
      break;
    default:
      throw std::logic_error("a worker was sent a letter for rank 0");
  }
}

/// Where the job cannot go on without a rank, rank 0 is about to end it.
void Worker::end(Packet packet) {
  if (packet.take_index() != 0) mailbox_.end_together(cli::exit_done);
  std::vector<int> lost(static_cast<std::size_t>(packet.take_index()));
  for (int& rank : lost) rank = static_cast<int>(packet.take_index());
  if (job_survives_a_rank()) mailbox_.end_without(lost, cli::exit_done);
}

/// Goes from a solve that is done to the next one, or home.
void Worker::advance() {
  if (outcome_.valid()) {
    if (outcome_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return;
    report_outcome();
  }
  if (!tasks_.empty()) {
    begin(std::move(tasks_.front()));
    tasks_.pop_front();
  } else if (std::exchange(leaving_, false)) {
    mailbox_.send(chief, Subject::farewell);
  }
}

void Worker::begin(Packet task) {
  patience_ = task.take_number();
  pair_ = {task.take_index(), task.take_index()};
  SolveOptions options;
  options.order = static_cast<int>(task.take_index());
  options.normalize = task.take_index() != 0;
  options.memory = cli::memory_share(task.take_number(), mailbox_.ranks_here());
  options.monitor = &stop_;
  outcome_ = std::async(std::launch::async, cli::solve_pair, std::cref(clouds_.at(pair_.first)),
                        std::cref(clouds_.at(pair_.second)), options);
}

void Worker::report_outcome() {
  const cli::PairOutcome outcome = outcome_.get();
  Packet packet;
  packet.put(pair_.first).put(pair_.second).put(static_cast<Index>(outcome.kind)).put(outcome.distance);
  packet.put(outcome.reason);
  mailbox_.send(chief, Subject::outcome, packet);
}

void Worker::give_sign_of_life() {
  if (cli::InterruptGuard::requested() && !std::exchange(resigned_, true)) {
    mailbox_.send(chief, Subject::resign);
  }
  // Several in the time that the chief waits for one: a busy machine delays them.
  if (seconds_since(spoke_) < std::min(1.0, patience_ / 8.0)) return;
  mailbox_.send(chief, Subject::beat);
  spoke_ = Clock::now();
}

}  // namespace brenier::mpi
