"""Each metric against the formula in numpy and scipy."""

import numpy as np
import pytest
import scipy.linalg
import scipy.spatial

import brenier
from brenier import metrics
from clouds import distances, gaussian, ring

x, y = gaussian(80, 1), ring(80, 2)
mapped, exact = 0.9 * y[::-1] + 0.05, brenier.solve(x, y).transport_map()
weights = np.random.default_rng(3).random(80)
mean = weights / weights.sum()
# Every value is compared to 1e-9: formulas of a few dozen terms differ by 1e-14 at most.
close = dict(rel=1e-9)


def covariance(points, population=True):
    return np.cov(points.T, bias=population)


def frechet(m1, s1, m2, s2):
    root = scipy.linalg.sqrtm(s1)
    cross = scipy.linalg.sqrtm(root @ s2 @ root).real
    return np.square(m1 - m2).sum() + np.trace(s1 + s2 - 2 * cross)


def test_l2_uvp():
    assert metrics.variance(y) == pytest.approx(y.var(axis=0).sum(), **close)
    expected = 100 * (mean * np.square(mapped - exact).sum(axis=1)).sum() / y.var(axis=0).sum()
    assert metrics.l2_uvp(x, mapped, exact, metrics.variance(y), weights) == pytest.approx(expected, **close)
    assert metrics.l2_uvp(x, exact, exact, 1.0) == 0


def test_displacement_cosine():
    u, v = mapped - x, exact - x
    expected = (u * v).sum() / np.sqrt(np.square(u).sum() * np.square(v).sum())
    assert metrics.displacement_cosine(x, mapped, exact) == pytest.approx(expected, **close)
    assert metrics.displacement_cosine(x, x, exact) is None


@pytest.mark.parametrize("order", [1, 2])
def test_monge_gap(order):
    gap = metrics.monge_gap(x, mapped, order=order)
    cost = (np.linalg.norm(x - mapped, axis=1) ** order / order).mean()
    plan_cost = brenier.emd2([], [], distances(x, mapped) ** order / order)
    assert gap.mean_cost == pytest.approx(cost, **close)
    assert gap.value == pytest.approx(cost - plan_cost, **close)
    assert metrics.monge_gap(x, exact).value == pytest.approx(0, abs=1e-14)


def test_gaussian_distances():
    expected = frechet(x.mean(0), covariance(x), y.mean(0), covariance(y))
    assert metrics.frechet_distance(x, y) == pytest.approx(expected, **close)
    assert metrics.bures_wasserstein(x, y) == pytest.approx(np.sqrt(expected), **close)
    assert metrics.bw2_uvp(x, y) == pytest.approx(100 * expected / y.var(axis=0).sum(), **close)
    of = metrics.GaussianMoments.of
    unbiased = frechet(x.mean(0), covariance(x, False), y.mean(0), covariance(y, False))
    assert metrics.frechet_distance(of(x, covariance="unbiased"), of(y, covariance="unbiased")) == pytest.approx(
        unbiased, **close)
    given = metrics.GaussianMoments(y.mean(0), covariance(y))
    assert metrics.frechet_distance(x, given) == pytest.approx(expected, **close)
    np.testing.assert_allclose(of(x, weights).mean, mean @ x, rtol=1e-12)
    np.testing.assert_allclose(of(x).covariance, covariance(x), rtol=1e-12)
    with pytest.raises(ValueError, match="covariance: is other"):
        of(x, covariance="other")


def test_sample_floor():
    target = ring(400, 4)
    floor = metrics.sample_floor(target, size=100, repeats=5, seed=6, order=1)
    assert floor.size == 100 and len(floor.values) == 5
    assert floor.mean == pytest.approx(floor.values.mean(), **close)
    assert floor.standard_deviation == pytest.approx(floor.values.std(ddof=1), **close)
    np.testing.assert_array_equal(metrics.sample_floor(target, size=100, repeats=2, seed=6, order=1).values,
                                  floor.values[:2])
    independent = [brenier.wasserstein(ring(100, 2 * k), ring(100, 2 * k + 1), order=1) for k in range(20)]
    # Both estimate one mean; their spread over the root of the number of samples, four times.
    assert floor.mean == pytest.approx(np.mean(independent), abs=4 * np.std(independent) * (1 / 5 + 1 / 20) ** 0.5)
    with pytest.raises(ValueError):
        metrics.sample_floor(target, size=300)


def test_potential_quality():
    phi, psi = 0.3 * np.square(x).sum(axis=1), 0.2 * np.square(y).sum(axis=1)
    costs = distances(x, y) ** 2 / 2
    quality = metrics.potential_quality(x, y, phi, psi)
    optimum = brenier.solve(x, y).certificate.primal
    of_psi = (costs - psi).min(axis=1)
    of_phi = (costs - phi[:, None]).min(axis=0)
    dual_psi = of_psi.mean() + (costs - of_psi[:, None]).min(axis=0).mean()
    dual_phi = (costs - of_phi).min(axis=1).mean() + of_phi.mean()
    assert quality.transport_cost == pytest.approx(optimum, **close)
    assert quality.value_of_psi == pytest.approx(dual_psi, **close)
    assert quality.value_of_phi == pytest.approx(dual_phi, **close)
    assert quality.given_value == pytest.approx(phi.mean() + psi.mean(), **close)
    assert quality.worst_violation == pytest.approx((phi[:, None] + psi - costs).max(), **close)
    assert quality.shortfall == pytest.approx(optimum - max(dual_phi, dual_psi), **close)
    alone = metrics.potential_quality(x, y, psi=psi)
    assert alone.value_of_phi is None and alone.value_of_psi == quality.value_of_psi
    with pytest.raises(ValueError):
        metrics.potential_quality(x, y)


def test_mode_shares():
    centres = np.array([(np.cos(k * np.pi / 4), np.sin(k * np.pi / 4)) for k in range(8)])
    shares = metrics.mode_shares(y, centres, 0.15, weights)
    distance, nearest = scipy.spatial.cKDTree(centres).query(y)
    np.testing.assert_array_equal(shares.count, np.bincount(nearest, minlength=8))
    np.testing.assert_allclose(shares.mass, np.bincount(nearest, mean, 8), rtol=1e-12)
    near = distance <= 0.15
    np.testing.assert_array_equal(shares.close_count, np.bincount(nearest[near], minlength=8))
    np.testing.assert_allclose(shares.close_mass, np.bincount(nearest[near], mean[near], 8), rtol=1e-12)
    assert shares.covered == (np.bincount(nearest[near], minlength=8) > 0).sum()


def test_nearest_neighbours():
    index, distance = metrics.nearest_neighbours(y, x)
    expected_distance, expected = scipy.spatial.cKDTree(y).query(x)
    np.testing.assert_array_equal(index, expected)
    np.testing.assert_allclose(distance, expected_distance, rtol=1e-9)
    labels, unseen = np.where(y[:, 0] > 0, "right", "left"), np.where(x[:, 0] > 0.3, "right", "odd")
    assert metrics.nearest_neighbour_accuracy(y, labels, x, unseen) == (labels[expected] == unseen).mean()


def test_two_sample_accuracy():
    pool = np.concatenate([x, y])
    _, nearest = scipy.spatial.cKDTree(pool).query(pool, 2)
    same = (nearest[:, 1] < 80) == (np.arange(160) < 80)
    accuracy = metrics.two_sample_accuracy(x, y)
    assert (accuracy.generated, accuracy.target) == (same[:80].mean(), same[80:].mean())
    assert accuracy.overall == pytest.approx(same.mean(), **close)
    with pytest.raises(ValueError):
        metrics.two_sample_accuracy(x, y[:-1])


def test_points_that_a_solve_refuses_are_named():
    far, near = [[1e200], [-1e200]], [[0.0], [1.0]]
    for call, names in [
            (lambda: brenier.metrics.monge_gap(near, far), "x, mapped"),
            (lambda: brenier.metrics.sample_floor(far, repeats=1), "target"),
            (lambda: brenier.metrics.potential_quality(near, far, phi=[0, 0]), "x, y"),
            (lambda: next(brenier.euler_flow(near, far, step=0.1)), "x, y"),
    ]:
        with pytest.raises(ValueError, match=f"^{names}: points: "):
            call()
