#pragma once

#include <vector>

namespace brenier::mpi {

/// Whether mpirun lets the other ranks go on when one dies (--enable-recovery).
bool job_survives_a_rank();

/// Kills the processes of this job on this machine that have these ranks: stopped ones too, for which mpirun would wait
/// for ever. Nothing happens where they have gone.
void kill_ranks_here(const std::vector<int>& ranks);

}  // namespace brenier::mpi
