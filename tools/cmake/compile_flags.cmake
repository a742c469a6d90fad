# brenier_compile_flags(TARGET): the flags of this project's own code; none of them reaches a consumer.
function(brenier_compile_flags target)
  target_compile_features(${target} PRIVATE cxx_std_17)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(
    ${target}
    PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
            # a*b + c is rounded twice everywhere, so that two kernels of the same formula agree bit for bit.
            -ffp-contract=off
            # Nobody asks errno about a square root, and without it loops of them use the vector unit.
            -fno-math-errno
            $<$<BOOL:${BRENIER_WARNINGS_AS_ERRORS}>:-Werror>
            $<$<BOOL:${BRENIER_NATIVE}>:-march=native>)
endfunction()
