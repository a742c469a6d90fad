#pragma once

#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "packet.hpp"

namespace brenier::mpi {

/// What a packet is about. W: a worker tells the chief (rank 0); C: the chief tells a worker.
enum class Subject : int {
  beat,      ///< W: I am alive.
  answer,    ///< C: so am I; how long to wait for a sign of life, in seconds.
  cloud,     ///< C: a cloud that you will need.
  task,      ///< C: a pair to solve, with the options.
  outcome,   ///< W: what came of it.
  resign,    ///< W: someone wants this process to end; give me no more.
  leave,     ///< C: stop what you are doing and say so.
  farewell,  ///< W: I have.
  end,       ///< C: end; whether everyone is there to end together, else how many ranks are lost, and which.
};

struct Letter {
  int rank = 0;  ///< Who sent it.
  Subject subject = Subject::beat;
  Packet packet;
};

/// The processes of an MPI job, which write to each other. No call waits for another process, for that one may be dead.
///
/// Open MPI 4.1 leaves the others alone when a rank dies under `mpirun --enable-recovery`, but tells them nothing of
/// it. What was being sent to the dead rank stays unsent, and MPI_Finalize, which waits for every rank, may not return.
/// So nothing is sent to a rank that was given up, and after one was, nobody finalizes.
///
/// To be used on the thread that made it only.
class Mailbox {
 public:
  Mailbox(int* argc, char*** argv);
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  int rank() const { return rank_; }
  int ranks() const { return ranks_; }

  /// How many of them run on this machine.
  int ranks_here() const { return ranks_here_; }

  /// Begins to send; the rest happens within `receive`. Letters to one rank arrive in the order in which they were
  /// sent.
  /// @throws std::length_error for more than 2³¹ − 1 words.
  void send(int rank, Subject subject, std::shared_ptr<const Packet> packet);
  void send(int rank, Subject subject, const Packet& packet = {}) {
    send(rank, subject, std::make_shared<const Packet>(packet));
  }

  /// The next letter that has arrived whole, if there is one.
  std::optional<Letter> receive();

  /// True while letters are on their way: the more often `receive` is called then, the sooner they arrive.
  bool is_busy() const { return incoming_ != nullptr || !outgoing_.empty(); }

  /// Leaves what was not sent to this rank yet as it is.
  void give_up(int rank);

  /// Ends this process together with all others, which are all there.
  [[noreturn]] void end_together(int exit_code);

  /// Ends this process where others may be lost; of those the ones on this machine too, so that mpirun need not wait
  /// for a rank that is stopped. Rank 0 ends the whole job where that cannot go on without a rank.
  [[noreturn]] void end_without(const std::vector<int>& lost, int exit_code);

 private:
  struct Outgoing;
  struct Incoming;

  void discard_sent();

  int rank_ = 0;
  int ranks_ = 1;
  int ranks_here_ = 1;
  std::list<std::unique_ptr<Outgoing>> outgoing_;
  std::list<std::unique_ptr<Outgoing>> given_up_;  ///< Kept, for MPI may still read them.
  std::unique_ptr<Incoming> incoming_;
};

}  // namespace brenier::mpi
