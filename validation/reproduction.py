"""What reproduce-ring and reproduce-da share: trainings with `brenier train`, each in a folder of its own, and tables of
what came out. A stopped reproduction goes on where it was when it is called again."""

import argparse
import csv
import pathlib
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def arguments(description, iterations, seeds):
    """A parser with the options that both have."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder of all runs")
    parser.add_argument("--scale", type=float, default=1.0, help=f"part of the {iterations} iterations of the papers")
    parser.add_argument("--seeds", type=int, default=seeds, help="runs of each method, with seeds 1, 2, ...")
    parser.add_argument("--only", default="", help="methods to run, e.g. w2-fe-5,w2gan-1; all where empty")
    parser.add_argument("--brenier", type=pathlib.Path, default=ROOT / "build/bin/brenier", help="the program")
    parser.add_argument("--table", action="store_true", help="run nothing, print the table of what is there")
    return parser


class Method:
    """A method of `brenier train` with its K, and its learning rates where they are not the default's."""

    def __init__(self, method, k, generator_rate=None, half_life=None):
        """The rates halve after each `half_life`, a part of all iterations."""
        self.method, self.k, self.generator_rate, self.half_life = method, k, generator_rate, half_life
        self.name = f"{method}-{k}" + ("-falling" if half_life else "")

    def options(self, iterations):
        options = ["--method", self.method, "--k", str(self.k), "--iterations", str(iterations)]
        if self.generator_rate:
            options += ["--generator-rate", str(self.generator_rate)]
        if self.half_life:
            options += ["--rate-half-life", str(self.half_life * iterations)]
        return options

    def rates(self):
        """What the table says of them."""
        rate = f"{self.generator_rate:g}" if self.generator_rate else "default"
        return rate + (f", half-life {100 * self.half_life:g} %" if self.half_life else "")


class Run:
    """One training and its curves."""

    def __init__(self, method, seed, folder):
        self.method, self.seed, self.folder = method, seed, folder

    def train(self, brenier, iterations, options):
        command = [str(brenier), "train", "--resume", "--out", str(self.folder), "--seed", str(self.seed)]
        command += self.method.options(iterations) + options
        print(f"{self.method.name}, seed {self.seed}: {' '.join(command)}", file=sys.stderr, flush=True)
        ended = subprocess.run(command, stdout=subprocess.DEVNULL)
        if ended.returncode not in (0, 1):
            sys.exit(ended.returncode)
        return ended.returncode == 0

    def rows(self):
        """The rows of curves.csv, numbers where there are some."""
        try:
            with open(self.folder / "curves.csv", newline="") as file:
                return [{key: float(value) if value else None for key, value in row.items()}
                        for row in csv.DictReader(file)]
        except FileNotFoundError:
            return []


def run_all(methods, settings, iterations, options):
    """Trains each method with each seed, seed by seed, and returns the runs that have curves.

    A training that diverged keeps its curves up to there; it is named and counts."""
    chosen = [name for name in settings.only.split(",") if name]
    unknown = set(chosen) - {method.name for method in methods}
    if unknown:
        sys.exit(f"--only: no method {sorted(unknown)[0]}, expected some of {','.join(m.name for m in methods)}")
    runs = [Run(method, seed, settings.out / f"{method.name}-seed-{seed}")
            for seed in range(1, settings.seeds + 1) for method in methods if not chosen or method.name in chosen]
    settings.out.mkdir(parents=True, exist_ok=True)
    for run in runs:
        if not settings.table and not run.train(settings.brenier, iterations, options):
            print(f"{run.method.name}, seed {run.seed}: did not reach its end", file=sys.stderr)
    return [run for run in runs if run.rows()]


def median(values):
    """Of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def figure(value, digits=3):
    return "" if value is None else f"{value:.{digits}f}"


def at(run, iteration, key):
    """The value of a run at an iteration, None where it was not evaluated."""
    return next((row[key] for row in run.rows() if row["iteration"] == iteration), None)


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def draw(settings, runs, option, name):
    """One figure of all runs, where gnuplot is there."""
    if runs:
        subprocess.run([str(settings.brenier), "plot", *(str(run.folder) for run in runs), option,
                        str(settings.out / name)], stdout=subprocess.DEVNULL, check=False)
