#!/usr/bin/env bash
# Runs the commands of README.md's first console block and compares what they print with what README.md shows. The
# lines that differ from run to run, time and number of threads, are left out.
# usage: readme_example.sh README FOLDER_OF_BRENIER WORK_FOLDER
set -euo pipefail
readme=$1 program_folder=$2 work=$3
export PATH=$program_folder:$PATH
rm -rf "$work"
mkdir -p "$work"

steady() { grep -vE '^(engine|time) '; }
awk '/^```/ { if (inside) exit; inside = /^```console$/; next } inside' "$readme" >"$work/shown"
grep -q '^\$ brenier solve ' "$work/shown" || { echo "README.md has no example of brenier solve" >&2; exit 1; }

cd "$work"
while IFS= read -r line; do
  [[ $line == '$ '* ]] || continue
  printf '%s\n' "$line"
  bash -c "${line#'$ '}" 2>errors || { cat errors; exit 1; }
done <shown >printed

diff <(steady <shown) <(steady <printed) || { echo "README.md shows other output than its commands print" >&2; exit 1; }
