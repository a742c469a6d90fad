#include <future>
#include <string>
#include <vector>

#include "crew.hpp"
#include "mailbox.hpp"
#include "options/command_set.hpp"
#include "worker.hpp"

namespace brenier::mpi {
namespace {

/// Some commands of brenier, whose work is shared out to the processes of an MPI job.
cli::CommandSet commands_of(Crew& crew) {
  const std::string name = "brenier-mpi";
  const auto run_pairwise = [name, &crew](const std::vector<std::string>& words) {
    return cli::pairwise(name, words, &crew);
  };
  return {name,
          "brenier on many machines, started by mpirun",
          {{"pairwise", "The distances between each two of some clouds", run_pairwise}},
          "  mpirun -n 4 --enable-recovery brenier-mpi pairwise run/*.npy --out distances.npy\n"};
}

}  // namespace
}  // namespace brenier::mpi

int main(int argc, char** argv) {
  brenier::mpi::Mailbox mailbox(&argc, &argv);
  if (mailbox.rank() != 0) brenier::mpi::Worker(mailbox).work();

  brenier::mpi::Crew crew(mailbox);
  const brenier::cli::CommandSet commands = brenier::mpi::commands_of(crew);
  const std::vector<std::string> words(argv + 1, argv + argc);
  crew.serve(std::async(std::launch::async, [&] { return brenier::cli::run_program(commands, words); }));
}
