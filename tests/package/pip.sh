#!/bin/sh
# Installs the package by pip into a virtual environment of its own, without a network, and uses it as a user would.
# usage: pip.sh PYTHON ROOT BUILD_DIR SCRATCH_DIR
set -eu
python=$1 root=$2 build=$3 scratch=$4
rm -rf "$scratch"
mkdir -p "$scratch"
# A copy of the sources: setuptools writes beside them.
(cd "$root" && tar -cf - --exclude=./build --exclude=./.git .) | (mkdir "$scratch/brenier" && cd "$scratch/brenier" && tar -xf -)
"$python" -m venv --system-site-packages "$scratch/venv"
export BRENIER_BUILD_DIR="$build" PIP_DISABLE_PIP_VERSION_CHECK=1
"$scratch/venv/bin/python" -m pip install --quiet --no-build-isolation --no-deps --no-index "$scratch/brenier"
cd "$scratch"
unset PYTHONPATH BRENIER_BUILD_DIR
venv/bin/python -c '
import brenier, importlib.metadata as metadata
assert brenier.__file__.startswith("'"$scratch"'/venv/"), brenier.__file__
assert brenier.__version__ == metadata.version("brenier"), metadata.version("brenier")
print("W1 =", brenier.wasserstein([[0.0]], [[2.0]], order=1))'
printf '0,0\n' >x.csv
printf '3,4\n' >y.csv
venv/bin/brenier solve x.csv y.csv
venv/bin/python -m brenier --version
