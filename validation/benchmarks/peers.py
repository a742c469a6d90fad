"""Solves one case with POT or scipy and prints a line of JSON, like brenier-benchmark does for its solvers.

usage: peers.py versions
       peers.py pot|scipy SOURCE.npz TARGET.npz ORDER
"""

import importlib
import json
import sys
import time


def version(module):
    try:
        return importlib.import_module(module).__version__
    except ImportError:
        return None


def read_cloud(name):
    """Points, and masses of sum 1 (files of equal masses leave them out)."""
    import numpy as np
    with np.load(name) as file:
        points = file["points"]
        weights = file["weights"] if "weights" in file else np.ones(len(points))
    return points, weights / weights.sum()


def solve_with_pot(x, a, y, b, order):
    """emd2, and POT's own costs. For order 1 those would be wrong by 1e-8 where points coincide: scipy's are not."""
    import ot
    from scipy.spatial.distance import cdist
    start = time.perf_counter()
    costs = ot.dist(x, y, metric="sqeuclidean") if order == 2 else cdist(x, y, metric="euclidean")
    cost_seconds = time.perf_counter() - start
    start = time.perf_counter()
    value, log = ot.emd2(a, b, costs, numItermax=2**31 - 1, log=True)  # As far as its counter goes.
    seconds = time.perf_counter() - start
    if log["warning"] is not None:
        sys.exit(f"POT: {log['warning']}")
    return seconds, cost_seconds, float(value)


def solve_with_scipy(x, a, y, b, order):
    """linear_sum_assignment, which is for equal masses only."""
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist
    if len(x) != len(y) or a.min() != a.max() or b.min() != b.max():
        sys.exit("scipy: linear_sum_assignment needs two clouds of the same size with equal masses")
    start = time.perf_counter()
    costs = cdist(x, y, metric="sqeuclidean" if order == 2 else "euclidean")
    cost_seconds = time.perf_counter() - start
    start = time.perf_counter()
    rows, columns = linear_sum_assignment(costs)
    seconds = time.perf_counter() - start
    return seconds, cost_seconds, float(costs[rows, columns].mean())


def peak_bytes():
    """See peak_bytes in main.cpp."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return 1024 * int(line.split()[1])
    sys.exit("/proc/self/status does not tell the peak memory (VmHWM)")


SOLVERS = {"pot": solve_with_pot, "scipy": solve_with_scipy}


def main(words):
    if words == ["versions"]:
        print(json.dumps({"POT": version("ot"), "scipy": version("scipy"), "numpy": version("numpy")}))
        return
    if len(words) != 4 or words[0] not in SOLVERS or words[3] not in ("1", "2"):
        print("peers.py: wrong usage; expected: versions, or pot|scipy SOURCE.npz TARGET.npz 1|2", file=sys.stderr)
        sys.exit(2)
    order = int(words[3])
    (x, a), (y, b) = read_cloud(words[1]), read_cloud(words[2])
    seconds, cost_seconds, value = SOLVERS[words[0]](x, a, y, b, order)
    print(json.dumps({"seconds": seconds, "cost_seconds": cost_seconds, "distance": value ** (1 / order),
                      "peak_bytes": peak_bytes()}))


main(sys.argv[1:])
