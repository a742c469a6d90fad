#include "crew.hpp"

#include <iostream>
#include <utility>

#include "cloud_packet.hpp"
#include "options/option_values.hpp"
#include "pause.hpp"

namespace brenier::mpi {
Crew::Crew(Mailbox& mailbox) : mailbox_(mailbox), workers_(static_cast<std::size_t>(mailbox.ranks())) {}

void Crew::declare(cli::Arguments& arguments) {
  arguments.option("patience", "SECONDS", cli::real_number(patience_, cli::Range::positive),
                   "a rank that gives no sign of life for so long is taken for dead (default 30)");
  arguments.note(
      "Each rank solves one pair at a time; the result does not depend on their number. Rank 0 alone reads and "
      "writes.\n"
      "The others go on when a rank hangs or is stopped, and solve its pair; in the end it is killed. Under\n"
      "mpirun --enable-recovery they go on when a rank dies, too; mpirun's own exit code is 0 then whatever happened:\n"
      "FILE is there when all is done. Without it mpirun ends all ranks when one dies, and the same command goes on\n"
      "from the journal.\n");
}

void Crew::join(cli::PairwiseRun& run, const std::vector<DiscreteMeasure>& clouds, const SolveOptions& options) {
  const std::lock_guard<std::mutex> lock(mutex_);
  run_ = &run;
  clouds_ = &clouds;
  options_ = options;
  packed_clouds_.assign(clouds.size(), {});
  for (Worker& worker : workers_) worker.has_cloud.assign(clouds.size(), false);
}

void Crew::leave() {
  const std::lock_guard<std::mutex> lock(mutex_);
  run_ = nullptr;
  clouds_ = nullptr;
}

void Crew::serve(std::future<int> command) {
  for (Pause pause; command.wait_for(std::chrono::seconds(0)) != std::future_status::ready;) {
    pause(attend() || mailbox_.is_busy());
  }
  dismiss();
  const int exit_code = command.get();
  if (!lost_any_) mailbox_.end_together(exit_code);
  mailbox_.end_without(lost(), exit_code);
}

/// Does what is to be done now; true when a letter had come.
bool Crew::attend() {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto letter = mailbox_.receive();
  const bool heard = letter.has_value();
  if (heard) read(std::move(*letter));
  look_for_the_lost();
  hand_out();
  return heard;
}

void Crew::read(Letter letter) {
  Worker& worker = workers_[static_cast<std::size_t>(letter.rank)];
  worker.heard = Clock::now();
  worker.lost = false;
  switch (letter.subject) {
    case Subject::beat:
      mailbox_.send(letter.rank, Subject::answer, Packet().put(patience_.load()));
      break;
    case Subject::outcome:
      take_outcome(worker, std::move(letter.packet));
      break;
    case Subject::resign:
      worker.resigned = true;
      break;
    case Subject::farewell:
      worker.left = true;
      break;
    default:
      throw std::logic_error("rank 0 was sent a letter for a worker");
  }
}

void Crew::take_outcome(Worker& worker, Packet packet) {
  cli::CloudPair pair;
  pair.first = packet.take_index();
  pair.second = packet.take_index();
  cli::PairOutcome outcome;
  outcome.kind = static_cast<cli::PairOutcome::Kind>(packet.take_index());
  outcome.distance = packet.take_number();
  outcome.reason = packet.take_text();
  if (run_ != nullptr) run_->settle(pair, outcome);
  // A worker that had been given up may bring an earlier pair first.
  if (worker.pair && worker.pair->first == pair.first && worker.pair->second == pair.second) worker.pair.reset();
}

void Crew::look_for_the_lost() {
  const auto patience = std::chrono::duration<double>(patience_.load());
  for (int rank = 1; rank < mailbox_.ranks(); ++rank) {
    Worker& worker = workers_[static_cast<std::size_t>(rank)];
    if (worker.lost || worker.left || Clock::now() - worker.heard <= patience) continue;
    worker.lost = true;
    lost_any_ = true;
    mailbox_.give_up(rank);
    std::cerr << "brenier-mpi: rank " << rank << " gives no sign of life"
              << (worker.pair ? "; its pair goes to another one\n" : "\n");
    if (worker.pair && run_ != nullptr) run_->settle(*worker.pair, cli::PairOutcome());
    worker.pair.reset();
  }
}

void Crew::hand_out() {
  for (int rank = 1; rank < mailbox_.ranks() && run_ != nullptr; ++rank) {
    Worker& worker = workers_[static_cast<std::size_t>(rank)];
    if (worker.pair || worker.lost || worker.resigned) continue;
    worker.pair = run_->try_take();
    if (!worker.pair) return;
    const auto [first, second] = *worker.pair;
    send_cloud(rank, first);
    send_cloud(rank, second);
    Packet task = Packet().put(patience_.load());
    task.put(first).put(second).put(static_cast<Index>(options_.order)).put(static_cast<Index>(options_.normalize));
    mailbox_.send(rank, Subject::task, task.put(options_.memory));
  }
}

void Crew::send_cloud(int rank, Index place) {
  const auto at = static_cast<std::size_t>(place);
  std::vector<bool>& has_cloud = workers_[static_cast<std::size_t>(rank)].has_cloud;
  if (has_cloud[at]) return;
  has_cloud[at] = true;
  std::shared_ptr<const Packet> packet = packed_clouds_[at].lock();
  if (packet == nullptr) {
    Packet fresh = Packet().put(place);
    put_cloud(fresh, (*clouds_)[at]);
    packed_clouds_[at] = packet = std::make_shared<const Packet>(std::move(fresh));
  }
  mailbox_.send(rank, Subject::cloud, packet);
}

std::vector<int> Crew::lost() const {
  std::vector<int> ranks;
  for (int rank = 1; rank < mailbox_.ranks(); ++rank) {
    if (workers_[static_cast<std::size_t>(rank)].lost) ranks.push_back(rank);
  }
  return ranks;
}

/// Sends the workers home.
void Crew::dismiss() {
  const auto each = [this](const auto& visit) {
    for (int rank = 1; rank < mailbox_.ranks(); ++rank) {
      Worker& worker = workers_[static_cast<std::size_t>(rank)];
      if (!worker.lost) visit(rank, worker);
    }
  };
  bool waiting = true;
  for (Pause pause; waiting; pause(attend() || mailbox_.is_busy())) {
    waiting = false;
    each([&](int rank, Worker& worker) {
      if (!std::exchange(worker.dismissed, true)) mailbox_.send(rank, Subject::leave);
      waiting = waiting || !worker.left;
    });
  }
  const std::vector<int> missing = lost();
  Packet farewell;
  farewell.put(Index{lost_any_ ? 0 : 1}).put(static_cast<Index>(missing.size()));
  for (const int rank : missing) farewell.put(Index{rank});
  for (int rank = 1; rank < mailbox_.ranks(); ++rank) {
    mailbox_.send(rank, Subject::end, farewell);
    // Should it be asleep only, it finds the letter when it awakes. Nobody waits for that.
    if (workers_[static_cast<std::size_t>(rank)].lost) mailbox_.give_up(rank);
  }
  const auto patience = std::chrono::duration<double>(patience_.load());
  const auto sent = Clock::now();
  for (Pause pause; mailbox_.is_busy() && Clock::now() - sent <= patience; pause(true)) mailbox_.receive();
}

}  // namespace brenier::mpi
