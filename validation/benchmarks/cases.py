"""The benchmark's cases: a family of clouds, dimension, masses, order and number of points a side."""

from dataclasses import dataclass

SIZES = [1000, 2000, 4000, 8000, 16384, 65536, 262144, 1048576]
DIGIT_SIZES = [1000, 2000, 5000]  # The test set has 10,000 images for the two clouds.

# The largest size for equal masses and order 2. Order 1 and random masses are harder: each ends one size earlier.
LARGEST = {
    ("ring", 2): 1048576,
    ("uniform", 2): 262144,
    ("uniform", 3): 262144,
    ("uniform", 8): 16384,
    ("uniform", 64): 16384,
    ("shifted", 2): 262144,
    ("shifted", 3): 65536,
    ("shifted", 8): 16384,
    ("shifted", 64): 8000,
    ("spiral", 2): 262144,
    ("spiral", 3): 65536,
    ("clustered", 2): 262144,
    ("clustered", 3): 65536,
    ("clustered", 8): 16384,
    ("clustered", 64): 8000,
    ("grid", 2): 262144,
    ("grid", 3): 65536,
}

QUICK = [
    "ring-2d-equal-w2-250",
    "ring-2d-equal-w2-500",
    "ring-2d-equal-w2-1000",
    "ring-2d-equal-w1-500",
    "ring-2d-random-w2-500",
    "uniform-3d-equal-w2-500",
    "uniform-8d-random-w1-500",
    "uniform-64d-equal-w2-500",
    "shifted-2d-equal-w2-500",
    "spiral-3d-equal-w2-500",
    "clustered-2d-random-w1-500",
    "grid-2d-random-w2-500",
    "digits-784d-equal-w2-500",
]


SOLVERS = ["brenier-1", "brenier-2", "lemon", "lemon-engine", "pot", "scipy"]
MOST_POINTS_WITH_ALL_COSTS = 8000  # Those that hold n·m costs take about 5 GB then.


@dataclass(frozen=True)
class Case:
    family: str
    dimension: int
    masses: str
    order: int
    n: int

    @property
    def series(self):
        """What the cases of one growth curve share, as in "ring-2d-equal-w2"."""
        return f"{self.family}-{self.dimension}d-{self.masses}-w{self.order}"

    @property
    def name(self):
        return f"{self.series}-{self.n}"

    @property
    def words(self):
        """The case as options of brenier-benchmark."""
        return ["--family", self.family, "--dim", str(self.dimension), "--masses", self.masses,
                "--order", str(self.order), "--n", str(self.n)]


    def suits(self, solver):
        """Whether the case is of a kind and size that the solver is for."""
        if solver.startswith("brenier"):
            return True
        return self.n <= MOST_POINTS_WITH_ALL_COSTS and (solver != "scipy" or self.masses == "equal")


def case_named(name):
    """The inverse of Case.name."""
    family, dimension, masses, order, n = name.split("-")
    return Case(family, int(dimension[:-1]), masses, int(order[1:]), int(n))


def quick_cases():
    return [case_named(name) for name in QUICK]


def full_cases():
    """Every family in every dimension, masses and order that it has, from 1,000 points to what is sensible."""
    ladders = {pair: SIZES[:SIZES.index(largest) + 1] for pair, largest in LARGEST.items()}
    cases = []
    for (family, dimension), sizes in ladders.items():
        for masses in ("equal", "random"):
            for order in (2, 1):
                harder = (masses == "random") + (order == 1)
                cases += [Case(family, dimension, masses, order, n) for n in sizes[:len(sizes) - harder]]
    for masses in ("equal", "random"):
        cases += [Case("digits", 784, masses, order, n) for order in (2, 1) for n in DIGIT_SIZES]
    return cases
