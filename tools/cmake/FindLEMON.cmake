# LEMON (https://lemon.cs.elte.hu): Debian's package ships no imported target. The network simplex is a template and
# needs nothing from the compiled library, so the headers suffice.
#
# Defines LEMON_FOUND and the target LEMON::headers.

find_path(LEMON_INCLUDE_DIR lemon/network_simplex.h)
mark_as_advanced(LEMON_INCLUDE_DIR)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LEMON REQUIRED_VARS LEMON_INCLUDE_DIR)

if(LEMON_FOUND AND NOT TARGET LEMON::headers)
  add_library(LEMON::headers INTERFACE IMPORTED)
  # An imported target's include folders are system folders: LEMON's own warnings stay out of the build.
  target_include_directories(LEMON::headers INTERFACE ${LEMON_INCLUDE_DIR})
endif()
