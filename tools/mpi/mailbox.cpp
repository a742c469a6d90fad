#include "mailbox.hpp"

#include <mpi.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <utility>

#include "lost_ranks.hpp"

namespace brenier::mpi {
namespace {

/// For our own bugs: what MPI does when another process dies is not told by its codes.
void check(int code, const char* call) {
  if (code == MPI_SUCCESS) return;
  char text[MPI_MAX_ERROR_STRING];
  int length = 0;
  MPI_Error_string(code, text, &length);
  throw std::runtime_error(std::string(call) + ": " + std::string(text, static_cast<std::size_t>(length)));
}

}  // namespace

struct Mailbox::Outgoing {
  int rank;
  std::shared_ptr<const Packet> packet;
  MPI_Request request;
};

struct Mailbox::Incoming {
  int rank;
  Subject subject;
  std::vector<std::uint64_t> words;
  MPI_Request request;
};

Mailbox::Mailbox(int* argc, char*** argv) {
  int level = MPI_THREAD_SINGLE;
  // This thread alone talks to MPI; solves run on others.
  MPI_Init_thread(argc, argv, MPI_THREAD_FUNNELED, &level);
  MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
  if (level < MPI_THREAD_FUNNELED) throw std::runtime_error("this MPI allows no threads beside its own");
  check(MPI_Comm_rank(MPI_COMM_WORLD, &rank_), "MPI_Comm_rank");
  check(MPI_Comm_size(MPI_COMM_WORLD, &ranks_), "MPI_Comm_size");
  MPI_Comm here = MPI_COMM_NULL;
  check(MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, rank_, MPI_INFO_NULL, &here), "MPI_Comm_split_type");
  check(MPI_Comm_size(here, &ranks_here_), "MPI_Comm_size");
  check(MPI_Comm_free(&here), "MPI_Comm_free");
}

Mailbox::~Mailbox() = default;

void Mailbox::send(int rank, Subject subject, std::shared_ptr<const Packet> packet) {
  const std::vector<std::uint64_t>& words = packet->words();
  if (words.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw std::length_error("a cloud of more than 2^31 numbers does not fit into a message");
  }
  auto outgoing = std::make_unique<Outgoing>(Outgoing{rank, std::move(packet), MPI_REQUEST_NULL});
  check(MPI_Isend(words.data(), static_cast<int>(words.size()), MPI_UINT64_T, rank, static_cast<int>(subject),
                  MPI_COMM_WORLD, &outgoing->request),
        "MPI_Isend");
  outgoing_.push_back(std::move(outgoing));
}

std::optional<Letter> Mailbox::receive() {
  discard_sent();
  if (incoming_ == nullptr) {
    int found = 0;
    MPI_Message message = MPI_MESSAGE_NULL;
    MPI_Status status;
    check(MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &found, &message, &status), "MPI_Improbe");
    if (found == 0) return std::nullopt;
    int count = 0;
    check(MPI_Get_count(&status, MPI_UINT64_T, &count), "MPI_Get_count");
    incoming_ = std::make_unique<Incoming>(Incoming{status.MPI_SOURCE, static_cast<Subject>(status.MPI_TAG),
                                                    std::vector<std::uint64_t>(static_cast<std::size_t>(count)),
                                                    MPI_REQUEST_NULL});
    check(MPI_Imrecv(incoming_->words.data(), count, MPI_UINT64_T, &message, &incoming_->request), "MPI_Imrecv");
  }
  int arrived = 0;
  check(MPI_Test(&incoming_->request, &arrived, MPI_STATUS_IGNORE), "MPI_Test");
  if (arrived == 0) return std::nullopt;
  Letter letter{incoming_->rank, incoming_->subject, Packet(std::move(incoming_->words))};
  incoming_.reset();
  return letter;
}

void Mailbox::give_up(int rank) {
  for (auto at = outgoing_.begin(); at != outgoing_.end();) {
    const auto next = std::next(at);
    if ((*at)->rank == rank) given_up_.splice(given_up_.end(), outgoing_, at);
    at = next;
  }
}

void Mailbox::discard_sent() {
  for (auto at = outgoing_.begin(); at != outgoing_.end();) {
    int sent = 0;
    check(MPI_Test(&(*at)->request, &sent, MPI_STATUS_IGNORE), "MPI_Test");
    at = sent != 0 ? outgoing_.erase(at) : std::next(at);
  }
}

void Mailbox::end_together(int exit_code) {
  std::cout.flush();
  std::cerr.flush();
  MPI_Finalize();
  std::exit(exit_code);
}

void Mailbox::end_without(const std::vector<int>& lost, int exit_code) {
  std::cout.flush();
  std::cerr.flush();
  if (rank_ == 0 && ranks_ > 1 && !job_survives_a_rank()) MPI_Abort(MPI_COMM_WORLD, exit_code);
  kill_ranks_here(lost);
  _exit(exit_code);
}

}  // namespace brenier::mpi
