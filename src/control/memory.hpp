#pragma once

namespace brenier {

/// Bytes that this process can still take: what the system calls available, or less inside a memory-limited control
/// group. Infinity where the system does not tell.
double available_memory();

}  // namespace brenier
