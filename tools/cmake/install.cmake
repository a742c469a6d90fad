# What `cmake --install` lays down: library, headers, command line, a CMake package and a pkg-config file. Both packages
# find their way from their own place, so that the prefix can be moved.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/brenier)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(TARGETS brenier EXPORT brenierTargets FILE_SET HEADERS INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT brenierTargets NAMESPACE brenier:: DESTINATION ${package_dir})
if(TARGET brenier_cli)
  install(TARGETS brenier_cli)
endif()
if(TARGET brenier_mpi)
  install(TARGETS brenier_mpi)
endif()
if(TARGET brenier_train)
  install(TARGETS brenier_train)
endif()

# A static library leaves its own dependencies to whoever links it; a shared one brings them along.
get_target_property(library_type brenier TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
  set(BRENIER_IS_STATIC ON)
  set(pc_requires "eigen3 libzip zlib")
  set(pc_libs "-L\${libdir} -lbrenier ${OpenMP_CXX_FLAGS}")
else()
  set(BRENIER_IS_STATIC OFF)
  set(pc_requires "eigen3")
  set(pc_libs "-L\${libdir} -lbrenier")
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/brenierConfig.cmake.in
                              ${PROJECT_BINARY_DIR}/brenierConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/brenierConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/brenierConfig.cmake ${PROJECT_BINARY_DIR}/brenierConfigVersion.cmake
              ${CMAKE_CURRENT_LIST_DIR}/FindLibZip.cmake
        DESTINATION ${package_dir})

file(RELATIVE_PATH prefix_from_pkgconfig /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(${CMAKE_CURRENT_LIST_DIR}/brenier.pc.in ${PROJECT_BINARY_DIR}/brenier.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/brenier.pc DESTINATION ${pkgconfig_dir})
