"""Geodesics and Euler flows against what theory says of them."""

import itertools

import numpy as np
import pytest

import brenier
from clouds import gaussian, ring


def test_geodesic_has_constant_speed_and_exact_ends():
    x, y = gaussian(60, 1), ring(90, 2)
    geodesic = brenier.geodesic(x, y)
    whole = brenier.wasserstein(x, y)
    for s, r in [(0, 1), (0.25, 0.5), (0.9, 0.1)]:
        first, second = geodesic.at(s), geodesic.at(r)
        distance = brenier.wasserstein(first.points, second.points, first.weights, second.weights)
        assert distance == pytest.approx(abs(s - r) * whole, rel=1e-12)
    np.testing.assert_array_equal(geodesic.at(0).points, x[geodesic.identity])
    np.testing.assert_array_equal(geodesic.at_time(np.inf).points, geodesic.at(1).points)
    np.testing.assert_array_equal(geodesic.at_time(1).points, geodesic.at(-np.expm1(-1)).points)
    with pytest.raises(ValueError, match="s: is 2, expected 0 to 1"):
        geodesic.at(2)


def test_geodesic_refuses_a_matching_where_there_is_none():
    with pytest.raises(ValueError, match="no matching"):
        brenier.geodesic([0.0], [1.0, 2.0], displacement="matching")
    with pytest.raises(ValueError, match="displacement: is magic"):
        brenier.geodesic([0.0], [1.0], displacement="magic")


def test_geodesic_of_normalized_weights():
    geodesic = brenier.geodesic([0.0, 1.0], [2.0, 3.0], a=[3, 1], b=[6, 2], normalize=True, displacement="barycentric")
    np.testing.assert_allclose(geodesic.at(0.5).weights, [0.75, 0.25], rtol=1e-15)


def test_flow_of_order_2_follows_the_geodesic():
    x, y = gaussian(200, 3), ring(200, 4)
    whole = brenier.wasserstein(x, y)
    flow = list(brenier.euler_flow(x, y, step=0.1, steps=12, both_distances=True))
    assert [state.step for state in flow] == list(range(13))
    for state in flow:
        expected = 0.9**state.step * whole
        assert state.w2 == pytest.approx(expected, rel=1e-12) == state.predicted
        assert state.loss == pytest.approx(expected**2 / 2, rel=1e-12)
        assert state.velocity_norm == pytest.approx(expected, rel=1e-12)
    last = flow[-1]
    assert brenier.wasserstein(last.particles, y) == pytest.approx(last.w2, rel=1e-12)
    assert brenier.wasserstein(last.particles, y, order=1) == pytest.approx(last.w1, rel=1e-12)
    np.testing.assert_allclose(flow[1].particles, 0.9 * x + 0.1 * flow[0].images, rtol=1e-14, atol=1e-15)


def test_flow_of_order_1_falls_by_the_step():
    x, y = gaussian(150, 5), 10 + ring(150, 6)
    flow = list(brenier.euler_flow(x, y, step=0.5, steps=3, order=1, passengers=x))
    for state in flow:
        assert state.w1 == pytest.approx(flow[0].w1 - 0.5 * state.step, rel=1e-12) and state.w2 is None
    np.testing.assert_allclose(np.linalg.norm(flow[1].passengers - x, axis=1), 0.5, rtol=1e-12)


def test_flow_of_split_particles_keeps_their_identity():
    flow = brenier.euler_flow([0.0], [1.0, 3.0], step=0.5, displacement="split")
    first, second = itertools.islice(flow, 2)
    np.testing.assert_array_equal(first.identity, [0, 0])
    np.testing.assert_array_equal(second.particles[:, 0], [0.5, 1.5])


def test_minibatch_flow_comes_closer():
    flow = list(brenier.euler_flow(gaussian(100, 7), 5 + ring(300, 8), step=0.3, steps=6, minibatch=100, seed=1))
    distance = [brenier.wasserstein(state.particles, 5 + ring(300, 8)) for state in (flow[0], flow[-1])]
    assert distance[1] < 0.2 * distance[0]


@pytest.mark.parametrize("arguments, message", [
    (dict(step="far"), "step: is 'far', expected a number"),
    (dict(step=0.0), "step: is 0"),
    (dict(step=1.5), "step: is 1.5"),
    (dict(step=0.5, clip=True), "clip:"),
    (dict(step=0.5, order=3), "order: is 3"),
    (dict(step=0.5, resolve="tepid"), "resolve: is tepid"),
    (dict(step=0.5, passengers=[[0.0, 0.0]]), "passengers: dimension 2"),
])
def test_flow_refuses_at_once(arguments, message):
    with pytest.raises(ValueError, match=message):
        brenier.euler_flow([0.0], [1.0], **arguments)
