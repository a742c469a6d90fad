#!/usr/bin/env bash
# Builds the consumer against an installed brenier that pkg-config alone knows of, and runs it.
# usage: CXX=compiler CXXFLAGS=flags pkg_config.sh PREFIX LIBDIR WORK_FOLDER
set -euo pipefail
prefix=$1 libdir=$2 work=$3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

command -v pkg-config >/dev/null || { echo "pkg_config.sh: pkg-config is missing (Debian package pkg-config)" >&2; exit 1; }
export PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
flags=$(pkg-config --cflags --libs 'brenier >= 0.1')

mkdir -p "$work"
# shellcheck disable=SC2086  # flags are words
"$CXX" -std=c++17 ${CXXFLAGS:-} "$here/consumer.cpp" -o "$work/consumer" $flags
LD_LIBRARY_PATH=$prefix/$libdir "$work/consumer"
