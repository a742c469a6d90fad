"""Makes clouds, a map and potentials, and computes every metric of them without brenier.

usage: metrics_reference.py FOLDER      writes the arrays there, prints the metrics as JSON
       metrics_reference.py --versions  prints what it computes with; fails where something is missing
"""

import json
import sys

import numpy as np
import ot
import scipy
from scipy.linalg import sqrtm
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist


def cost(x, y, order):
    """c_p = |x - y|^p / p for all pairs."""
    distances = cdist(x, y)
    return distances if order == 1 else 0.5 * distances**2


def transport(a, b, costs):
    """T_p by POT's network simplex."""
    return ot.emd2(a, b, costs, numItermax=10_000_000)


def distance(a, x, b, y, order):
    return (order * transport(a, b, cost(x, y, order))) ** (1 / order)


def covariance(x, a, unbiased=False):
    return np.cov(x, rowvar=False, aweights=a, ddof=1 if unbiased else 0)


def frechet(m, s, n, t):
    return float(np.sum((m - n) ** 2) + np.trace(s + t - 2 * np.real(sqrtm(s @ t))))


def leave_one_out(x, y):
    """Parts of x and of y whose nearest other point is of their own cloud."""
    both = np.vstack([x, y])
    distances = cdist(both, both)
    np.fill_diagonal(distances, np.inf)
    nearest = distances.argmin(axis=1)
    n = len(x)
    return float(np.mean(nearest[:n] < n)), float(np.mean(nearest[n:] >= n))


def main(folder):
    random = np.random.default_rng(7)
    n, m, d = 90, 90, 3
    x = random.normal(size=(n, d))
    y = random.normal(size=(m, d)) @ np.array([[2, 0.3, 0], [0.3, 1, 0.2], [0, 0.2, 0.5]]) + [1, -2, 0.5]
    a, b = random.uniform(0.5, 1.5, n), random.uniform(0.5, 1.5, m)
    a, b = a / a.sum(), b / b.sum()
    mapped = 1.3 * x + 0.1 * random.normal(size=(n, d)) + [1, -2, 0.5]
    exact = 1.4 * x + [1, -2, 0.5]
    phi, psi = random.normal(size=n), random.normal(size=m)
    centres = random.normal(size=(4, d))
    radius = 1.2
    even = np.full(n, 1 / n)

    np.savez(f"{folder}/source.npz", points=x, weights=a)
    np.savez(f"{folder}/target.npz", points=y, weights=b)
    for name, array in dict(even_source=x, even_target=y, mapped=mapped, exact=exact, phi=phi, psi=psi,
                            centres=centres).items():
        np.save(f"{folder}/{name}.npy", array)
    np.savez(f"{folder}/source_moments.npz", mu=x.mean(axis=0), sigma=np.cov(x, rowvar=False))
    np.savez(f"{folder}/target_moments.npz", mu=y.mean(axis=0), sigma=np.cov(y, rowvar=False))

    found = {}
    for order in (1, 2):
        found[f"w{order}"] = distance(a, x, b, y, order)
        rows, columns = linear_sum_assignment(cost(x, y, order))
        found[f"even_w{order}"] = (order * cost(x, y, order)[rows, columns].mean()) ** (1 / order)
        gap = a @ (np.linalg.norm(x - mapped, axis=1) ** order / order)
        found[f"monge_gap_{order}"] = gap - transport(a, a, cost(x, mapped, order))
        found[f"image_distance_{order}"] = distance(a, mapped, b, y, order)
        costs = cost(x, y, order)
        psi_c = (costs - psi).min(axis=1)
        phi_c = (costs - phi[:, None]).min(axis=0)
        found[f"value_of_psi_{order}"] = a @ psi_c + b @ (costs - psi_c[:, None]).min(axis=0)
        found[f"value_of_phi_{order}"] = b @ phi_c + a @ (costs - phi_c).min(axis=1)
        found[f"given_value_{order}"] = a @ phi + b @ psi
        found[f"worst_violation_{order}"] = (phi[:, None] + psi - costs).max()
        found[f"transport_cost_{order}"] = transport(a, b, costs)

    y_mean = b @ y
    target_variance = b @ np.sum((y - y_mean) ** 2, axis=1)
    found["l2_uvp"] = 100 * (a @ np.sum((mapped - exact) ** 2, axis=1)) / target_variance
    plan = ot.emd(a, b, cost(x, y, 2), numItermax=10_000_000)
    barycentric = plan @ y / plan.sum(axis=1, keepdims=True)
    found["l2_uvp_of_plan"] = 100 * (a @ np.sum((mapped - barycentric) ** 2, axis=1)) / target_variance
    for name, image in (("cos", exact), ("cos_of_plan", barycentric)):
        u, v = mapped - x, image - x
        found[name] = (a @ np.sum(u * v, axis=1)) / np.sqrt((a @ np.sum(u * u, axis=1)) * (a @ np.sum(v * v, axis=1)))
    found["bw2_uvp"] = 100 * frechet(a @ mapped, covariance(mapped, a), y_mean, covariance(y, b)) / target_variance

    found["gaussian_w2"] = np.sqrt(frechet(a @ x, covariance(x, a), y_mean, covariance(y, b)))
    found["frechet"] = frechet(a @ x, covariance(x, a, True), y_mean, covariance(y, b, True))
    found["even_frechet"] = frechet(x.mean(axis=0), np.cov(x, rowvar=False), y.mean(axis=0), np.cov(y, rowvar=False))
    found["one_nn_run"], found["one_nn_target"] = leave_one_out(x, y)
    found["one_nn"] = (found["one_nn_run"] + found["one_nn_target"]) / 2

    to_centres = cdist(x, centres)
    nearest, close = to_centres.argmin(axis=1), to_centres.min(axis=1) <= radius
    for k in range(len(centres)):
        mine = close & (nearest == k)
        found[f"count_{k}"] = int(mine.sum())
        found[f"mass_{k}"] = a[mine].sum()
    found["in_modes"] = a[close].sum()
    found["modes"] = len(set(nearest[close]))

    labels, other_labels = random.integers(0, 3, n), random.integers(0, 3, m)
    np.save(f"{folder}/labels.npy", labels)
    np.save(f"{folder}/other_labels.npy", other_labels)
    found["labelled_accuracy"] = float(np.mean(labels[cdist(y, x).argmin(axis=1)] == other_labels))
    print(json.dumps({name: float(value) for name, value in found.items()}))


if __name__ == "__main__":
    if sys.argv[1:] == ["--versions"]:
        print(f"numpy {np.__version__}, scipy {scipy.__version__}, POT {ot.__version__}")
    else:
        main(sys.argv[1])
