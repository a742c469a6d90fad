#pragma once

/// @file
/// One binary for every processor: a function marked BRENIER_KERNEL is compiled twice and the loader picks the AVX2
/// copy where it can run. Sanitizers are not ready yet when the loader asks, so they get one copy; so do compilers
/// other than GCC. What a kernel calls has to be BRENIER_INLINE, to be compiled with it.

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define BRENIER_KERNEL __attribute__((target_clones("avx2", "default")))
#else
#define BRENIER_KERNEL
#endif
#define BRENIER_INLINE inline __attribute__((always_inline))
