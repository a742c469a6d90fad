# Everything the build needs from outside, found in one place. What is missing is named all at once, each with the
# Debian package that brings it.

set(brenier_missing "")
set(brenier_missing_packages "")

# Finds a package quietly; notes its Debian package when it is not there.
macro(brenier_require debian_package package)
  find_package(${package} ${ARGN} QUIET)
  if(NOT ${package}_FOUND)
    string(APPEND brenier_missing "  ${package} (Debian package ${debian_package})\n")
    list(APPEND brenier_missing_packages ${debian_package})
  endif()
endmacro()

# The same for a module of Python.
macro(brenier_require_python debian_package module)
  if(Python3_FOUND)
    execute_process(
      COMMAND ${Python3_EXECUTABLE} -c "import ${module}"
      RESULT_VARIABLE brenier_import
      OUTPUT_QUIET ERROR_QUIET)
  endif()
  if(NOT Python3_FOUND OR NOT brenier_import EQUAL 0)
    string(APPEND brenier_missing "  ${module} for Python (Debian package ${debian_package})\n")
    list(APPEND brenier_missing_packages ${debian_package})
  endif()
endmacro()

brenier_require(libeigen3-dev Eigen3 3.4 CONFIG)
brenier_require(liblemon-dev LEMON)
brenier_require(zlib1g-dev ZLIB)
brenier_require(libzip-dev LibZip)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  brenier_require(libomp-dev OpenMP COMPONENTS CXX)
else()
  brenier_require(g++ OpenMP COMPONENTS CXX)
endif()
find_package(Threads REQUIRED)
if(BRENIER_BUILD_TOOLS OR BRENIER_BUILD_VALIDATION)
  brenier_require(libboost-program-options-dev Boost COMPONENTS program_options)
endif()
if(BRENIER_BUILD_TOOLS OR BRENIER_BUILD_VALIDATION OR BRENIER_BUILD_TESTS)
  brenier_require(nlohmann-json3-dev nlohmann_json 3.9)
endif()
if(BRENIER_BUILD_MPI)
  if(NOT BRENIER_BUILD_TOOLS)
    message(FATAL_ERROR "BRENIER_BUILD_MPI needs BRENIER_BUILD_TOOLS: brenier-mpi is made of the same commands")
  endif()
  set(MPI_CXX_SKIP_MPICXX ON)  # The C interface is all that is used.
  brenier_require("libopenmpi-dev openmpi-bin" MPI COMPONENTS CXX)
endif()
if(BRENIER_BUILD_TESTS)
  brenier_require(libgtest-dev GTest)
endif()
if(BRENIER_BUILD_TRAINER)
  if(NOT BRENIER_BUILD_TOOLS)
    message(FATAL_ERROR "BRENIER_BUILD_TRAINER needs BRENIER_BUILD_TOOLS: the trainer reads its options as they do")
  endif()
  brenier_require(libtorch-dev LibTorch)
endif()

if(BRENIER_BUILD_PYTHON)
  # The system's interpreter, not the first in PATH: pybind11 and numpy are its packages.
  set(Python3_FIND_STRATEGY LOCATION)
  if(NOT Python3_EXECUTABLE AND EXISTS /usr/bin/python3)
    set(Python3_EXECUTABLE /usr/bin/python3)
  endif()
  brenier_require(python3-dev Python3 COMPONENTS Interpreter Development.Module)
  set(PYBIND11_FINDPYTHON ON)
  brenier_require(pybind11-dev pybind11 2.10 CONFIG)
  brenier_require_python(python3-numpy numpy)
  if(BRENIER_BUILD_TESTS)
    brenier_require_python(python3-pytest pytest)
    brenier_require_python(python3-scipy scipy)
    brenier_require_python(python3-pot ot)
  endif()
endif()

# Called at run time only, by `brenier plot`: its absence stops nothing here.
if(BRENIER_BUILD_TOOLS)
  find_program(BRENIER_GNUPLOT gnuplot DOC "Optional: draws the figures of brenier plot")
  mark_as_advanced(BRENIER_GNUPLOT)
  if(NOT BRENIER_GNUPLOT)
    message(STATUS "brenier plot will need gnuplot at run time (Debian package gnuplot-nox)")
  endif()
endif()

if(brenier_missing)
  list(JOIN brenier_missing_packages " " brenier_missing_packages)
  message(FATAL_ERROR "brenier cannot be built, these libraries were not found:\n${brenier_missing}"
                      "On Debian and Ubuntu:\n  apt-get install ${brenier_missing_packages}")
endif()
