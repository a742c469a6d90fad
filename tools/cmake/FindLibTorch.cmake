# LibTorch (https://pytorch.org/cppdocs): the CMake package that comes with it brings a language standard, compile flags
# and libraries of its own into every project; header and libraries are all that is needed here.
#
# Defines LibTorch_FOUND and the target LibTorch::torch.

find_path(LibTorch_INCLUDE_DIR torch/script.h)
find_path(LibTorch_API_INCLUDE_DIR torch/torch.h PATH_SUFFIXES torch/csrc/api/include)
find_library(LibTorch_LIBRARY torch)
find_library(LibTorch_CPU_LIBRARY torch_cpu)
find_library(LibTorch_C10_LIBRARY c10)
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_API_INCLUDE_DIR LibTorch_LIBRARY LibTorch_CPU_LIBRARY
                 LibTorch_C10_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  LibTorch REQUIRED_VARS LibTorch_LIBRARY LibTorch_CPU_LIBRARY LibTorch_C10_LIBRARY LibTorch_INCLUDE_DIR
                         LibTorch_API_INCLUDE_DIR)

if(LibTorch_FOUND AND NOT TARGET LibTorch::torch)
  add_library(LibTorch::torch INTERFACE IMPORTED)
  # An imported target's include folders are system folders: LibTorch's own warnings stay out of the build.
  target_include_directories(LibTorch::torch INTERFACE ${LibTorch_INCLUDE_DIR} ${LibTorch_API_INCLUDE_DIR})
  target_link_libraries(LibTorch::torch INTERFACE ${LibTorch_LIBRARY} ${LibTorch_CPU_LIBRARY} ${LibTorch_C10_LIBRARY})
endif()
