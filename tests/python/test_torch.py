import doctest
import inspect
import pathlib

import numpy as np
import pytest
import torch

import brenier
import brenier.torch


def clouds(*shapes, seed=1, dtype=torch.float64):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=generator, dtype=dtype) for shape in shapes]


def weights(*shape, seed=2):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) + 0.1


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("power", [1.0, 2.0, 3.0])
def test_derivatives_by_points_and_weights(order, power):
    x, y = clouds((6, 2), (5, 2))
    a, b = weights(6), weights(5, seed=3)
    inputs = [tensor.requires_grad_() for tensor in (x, y, a, b)]
    assert torch.autograd.gradcheck(lambda *given: brenier.torch.wasserstein(*given, order, power=power), inputs,
                                    eps=1e-7, atol=1e-6)


def test_derivatives_of_a_batch():
    x, y = clouds((3, 4, 3), (3, 7, 3))
    a, b = weights(3, 4), weights(7)  # One problem's weights for all.
    inputs = [tensor.requires_grad_() for tensor in (x, y, a, b)]
    assert torch.autograd.gradcheck(lambda *given: brenier.torch.wasserstein(*given, power=2), inputs, eps=1e-7,
                                    atol=1e-6)


def test_values_are_those_of_the_solver():
    x, y = clouds((4, 20, 2), (4, 30, 2))
    found = brenier.torch.wasserstein(x, y)
    assert found.shape == (4,) and found.dtype == torch.float64
    np.testing.assert_array_equal(found.numpy(), [brenier.wasserstein(p.numpy(), q.numpy(), normalize=True)
                                                  for p, q in zip(x, y)])
    assert brenier.torch.wasserstein(x[0], y[0]).shape == ()
    assert brenier.torch.wasserstein(x[:0], y[:0]).shape == (0,)


def test_single_precision_stays_single():
    x, y = clouds((15, 2), (15, 2), dtype=torch.float32)
    x.requires_grad_()
    found = brenier.torch.wasserstein(x, y, power=2)
    found.backward()
    assert found.dtype == x.grad.dtype == torch.float32
    expected = 2 / 15 * (x.detach() - brenier.torch.transport_map(x, y))
    torch.testing.assert_close(x.grad, expected)


def test_map_gradient_and_flow_target_agree():
    x, y = clouds((40, 3), (40, 3))
    x.requires_grad_()
    ahead, slope = brenier.torch.transport_map(x, y), brenier.torch.potential_gradient(x, y)
    assert not ahead.requires_grad and not slope.requires_grad
    torch.testing.assert_close(x.detach() - slope, ahead)
    torch.testing.assert_close(brenier.torch.flow_target(x, y, 1.0), ahead)
    torch.testing.assert_close(brenier.torch.flow_target(x, y, 0.25), 0.75 * x.detach() + 0.25 * ahead)
    lengths = (brenier.torch.flow_target(x, y, 0.1, order=1) - x.detach()).norm(dim=-1)
    torch.testing.assert_close(lengths, torch.full_like(lengths, 0.1))


def test_the_derivative_at_distance_zero_is_zero():
    x, = clouds((5, 2))
    x.requires_grad_()
    brenier.torch.wasserstein(x, x.detach().clone()).backward()
    assert x.grad.abs().max() == 0.0


def test_a_second_derivative_is_refused():
    x, y = clouds((4, 2), (4, 2))
    x.requires_grad_()
    slope, = torch.autograd.grad(brenier.torch.wasserstein(x, y, power=2), x, create_graph=True)
    with pytest.raises(RuntimeError, match="no second derivative"):
        slope.sum().backward()


@pytest.mark.parametrize("arguments, expected", [
    ((torch.zeros(3, 2), torch.zeros(1, 3, 2)), "two clouds or two batches"),
    ((torch.zeros(3), torch.zeros(3, 2)), "x: has 1 dimensions"),
    ((np.zeros((3, 2)), torch.zeros(3, 2)), "x: expected a tensor"),
    ((torch.zeros(3, 2), torch.zeros(3, 2, dtype=torch.int64)), "y: expected a tensor of floating"),
    ((torch.zeros(3, 2), torch.zeros(3, 2), torch.ones(4)), "a: expected a tensor of 3 weights"),
    ((torch.zeros(3, 2), torch.zeros(3, 4)), "problem 0"),
])
def test_what_makes_no_problem_is_refused(arguments, expected):
    with pytest.raises(ValueError, match=expected):
        brenier.torch.wasserstein(*arguments)


def test_public_functions_are_documented_and_the_example_is_true():
    for name in brenier.torch.__all__:
        assert inspect.getdoc(getattr(brenier.torch, name)), name
    outcome = doctest.testmod(brenier.torch)
    assert outcome.attempted >= 5 and outcome.failed == 0


def test_the_example_of_a_generator_runs(monkeypatch, capsys):
    folder = pathlib.Path(__file__).parents[2] / "tools/python/examples"
    monkeypatch.syspath_prepend(folder)
    import torch_generator
    monkeypatch.setattr(torch_generator, "STEPS", 250)
    torch_generator.main()
    lines = capsys.readouterr().out.splitlines()
    first, last = (float(line.rsplit(" ", 1)[1]) for line in lines)
    assert first > 3.0 and last < 1.5, lines
