"""Gradients of distances and potentials against finite differences, and the flow in a training loop."""

import ast
import csv
import pathlib
import re
import subprocess
import sys
import types

import numpy as np
import pytest

import brenier
from clouds import gaussian, ring

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("weighted", [False, True])
def test_gradient_of_the_distance_is_its_slope(order, weighted):
    rng = np.random.default_rng(1)
    x, y = gaussian(40, 2, dimension=3), gaussian(40 if not weighted else 30, 3, dimension=3)
    a, b = (rng.random(40), rng.random(30)) if weighted else (None, None)
    value, gradient = brenier.wasserstein_gradient(x, y, a, b, order=order, normalize=True)
    assert value == pytest.approx(brenier.wasserstein(x, y, a, b, order=order, normalize=True) ** order, rel=1e-13)
    step = 1e-5
    for i, k in [(0, 0), (7, 2), (39, 1)]:
        shift = np.zeros_like(x)
        shift[i, k] = step
        ahead, behind = (brenier.wasserstein(u, y, a, b, order=order, normalize=True) ** order
                         for u in (x + shift, x - shift))
        # Central differences: rounding of 1e-15 over the step, and for order 1 step**2 over the squared distance of
        # a pair, which is above 0.1 here.
        assert (ahead - behind) / (2 * step) == pytest.approx(gradient[i, k], abs=1e-8)


def test_gradient_by_the_target_is_that_of_the_swapped_problem():
    x, y = gaussian(50, 4), ring(60, 5)
    np.testing.assert_allclose(brenier.solve(x, y).gradient().y, brenier.solve(y, x).gradient().x, atol=1e-14)


def test_gradient_of_the_distance_is_the_mass_times_that_of_the_potential():
    x, y = gaussian(100, 6), ring(100, 7)
    for order in (1, 2):
        solution = brenier.solve(x, y, order=order)
        np.testing.assert_allclose(100 * solution.gradient().x, order * solution.potential_gradient(), atol=1e-13)


@pytest.mark.parametrize("order", [1, 2])
def test_gradient_of_the_potential_is_its_slope(order):
    potential = brenier.solve(gaussian(300, 8), ring(300, 9), order=order).potential
    x = gaussian(200, 10)
    slope = np.empty_like(x)
    step = 1e-6
    for k in range(2):
        shift = step * np.eye(2)[k]
        slope[:, k] = (potential.value(x + shift) - potential.value(x - shift)) / (2 * step)
    exact = potential.gradient(x)
    # One target attains the minimum on both sides of nearly every point; the potential has a kink at the others. Where
    # there is none, rounding of 1e-15 over the step is 1e-9, and curvature of up to 1e2 adds step**2 of that.
    smooth = np.abs(slope - exact).max(axis=1) < 1e-8
    assert smooth.mean() > 0.97
    if order == 1:
        np.testing.assert_allclose(np.linalg.norm(exact, axis=1), 1, rtol=1e-14)


def test_potential_at_the_samples_is_phi():
    x, y = gaussian(200, 11), ring(150, 12)
    for order in (1, 2):
        solution = brenier.solve(x, y, order=order)
        np.testing.assert_allclose(solution.potential.value(x), solution.phi, rtol=0, atol=1e-13)
        image = solution.potential.map(x)
        np.testing.assert_allclose(
            solution.potential.gradient(x) if order == 2 else x - image, x - image, rtol=0, atol=0)
    with pytest.raises(ValueError, match="queries: dimension 3, but the targets have 2"):
        solution.potential.value(np.zeros((1, 3)))
    with pytest.raises(ValueError, match="psi: there are 1 entries for 2 targets"):
        brenier.Potential([[0.0], [1.0]], [0.0])


def test_transport_map_is_the_plan():
    x, y = gaussian(120, 13), ring(120, 14)
    solution = brenier.solve(x, y)
    np.testing.assert_array_equal(solution.transport_map(), y[solution.entries.target])
    np.testing.assert_array_equal(solution.potential_gradient(), x - solution.transport_map())


def run_example(*options):
    script = ROOT / "tools/python/examples/flow_generator.py"
    output = subprocess.run([sys.executable, script, *options], check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(output.splitlines()))


@pytest.mark.parametrize("options", [("--order", "2"), ("--order", "1", "--step", "0.2")])
def test_example_trains_a_generator_along_the_flow(options):
    rows = run_example("--rounds", "120", "--every", "120", *options)
    assert [row["round"] for row in rows] == ["0", "120"]
    # From one heap at the origin to the ring: at first every sample is about 1 from its mode.
    assert float(rows[0]["w2"]) > 0.9 and int(rows[0]["modes"]) == 0
    assert float(rows[1]["w2"]) < 0.3 and float(rows[1]["w1"]) < 0.3 and int(rows[1]["modes"]) == 8


def test_readme_logs_distances_of_a_generator(monkeypatch, capsys):
    """The README's code with numpy in the place of torch."""
    code = re.search(r"```python\n(import brenier\nimport torch\n.*?)```", (ROOT / "README.md").read_text(), re.S)[1]

    class NoGradient:
        def __enter__(self):
            return self

        def __exit__(self, *error):
            return False

    class Tensor(np.ndarray):
        """What the README uses of a tensor."""

        gradient = None

        def detach(self):
            return np.asarray(self)

        def backward(self, gradient):
            self.gradient = np.asarray(gradient)

        def to(self, dtype):
            return self.astype(dtype)

    torch = types.ModuleType("torch")
    torch.no_grad = NoGradient
    torch.from_numpy = lambda array: array.view(Tensor)
    torch.randn = lambda *shape: np.random.default_rng(0).normal(size=shape).astype("f4").view(Tensor)
    monkeypatch.setitem(sys.modules, "torch", torch)
    names = {}
    exec(compile(code, "README.md", "exec"), names)
    data = ring(400, 15).astype("f4")

    trained = []
    names["train"](lambda z: (1 + len(trained)) * z, data, 4, lambda *arguments: trained.append(1), every=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["0", "2"]
    for line, factor in zip(lines, (2, 4)):
        row, samples = ast.literal_eval(line.split(" ", 1)[1]), factor * torch.randn(200, 2)
        assert row["w1"] == brenier.wasserstein(samples, data[:200], order=1)
        assert row["w2"] == brenier.wasserstein(samples, data[:200], order=2)
        assert 0 < row["floor"] < row["w2"]

    samples = torch.randn(200, 2)
    value = names["backward"](samples, data[:200])
    assert value == brenier.wasserstein(samples, data[:200]) ** 2
    expected = 2 / 200 * (samples - brenier.solve(samples, data[:200]).transport_map())
    np.testing.assert_allclose(samples.gradient, expected, atol=1e-8)  # Gradients of float32 samples are float32.
    assert samples.gradient.dtype == np.float32
