"""Exact distances between tensors of PyTorch, with derivatives, and what a training loop takes from the optimal plan.

>>> import brenier.torch, torch
>>> x = torch.tensor([[0.0, 0.0], [4.0, 0.0]], requires_grad=True)
>>> distance = brenier.torch.wasserstein(x, torch.tensor([[4.0, 3.0], [0.0, 3.0]]))
>>> distance.backward()
>>> distance.item(), x.grad.tolist()
(3.0, [[0.0, -0.5], [0.0, -0.5]])

Everywhere x is (n, d) and y (m, d), or a batch of B problems (B, n, d) and (B, m, d), whose weights are (n,) or (B, n).
Tensors may be float32 or float64, on any device: they are copied to the processor, solved in doubles, and what comes
back has the type and device of x. Every answer is proven over all pairs; one that is not raises NotProven.
"""

from __future__ import annotations

from typing import Any, Optional

import numpy as np
import torch

from .solving import Solution, proven, solve_many

__all__ = ["flow_target", "potential_gradient", "transport_map", "wasserstein"]


def wasserstein(x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor] = None, b: Optional[torch.Tensor] = None,
                order: int = 2, *, power: float = 1.0, threads: int = 0) -> torch.Tensor:
    """W_p to a power, () or (B,), with derivatives by x, y, a and b.

    Weights are scaled to mass 1, as part of what is differentiated; equal ones unless given. By the envelope theorem
    the derivative of W_p**p = p T_p by a point is that of the cost with the plan held fixed, and by a weight it is p
    times the potential there. Where plan or potential are not unique it is one of the supergradients; at distance 0 a
    power below p has the derivative 0. A second derivative is refused by a RuntimeError: the plan moves in jumps.

    power : 1 gives W_p, p gives W_p**p, which is smooth at 0 and the usual loss.
    """
    check(x, y)
    batched = x.dim() == 3
    masses = [scaled(weights, points, name) for weights, points, name in ((a, x, "a"), (b, y, "b"))]
    raised = PowerOfDistance.apply(x if batched else x[None], y if batched else y[None], *masses, order, threads)
    if power != order:
        is_positive = raised > 0.0
        raised = torch.where(is_positive, torch.where(is_positive, raised, 1.0) ** (power / order), 0.0)
    raised = raised.to(dtype=x.dtype, device=x.device)
    return raised if batched else raised[0]


def transport_map(x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor] = None,
                  b: Optional[torch.Tensor] = None, order: int = 2, *, threads: int = 0) -> torch.Tensor:
    """T at each source, of the shape of x: where the optimal plan sends it. Without derivatives."""
    return of_solutions(Solution.transport_map, x, y, a, b, order, threads)


def potential_gradient(x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor] = None,
                       b: Optional[torch.Tensor] = None, order: int = 2, *, threads: int = 0) -> torch.Tensor:
    """grad phi at each source, of the shape of x: x - T(x) for order 2, its direction for order 1. Without derivatives.
    """
    return of_solutions(Solution.potential_gradient, x, y, a, b, order, threads)


def flow_target(x: torch.Tensor, y: torch.Tensor, step: float, order: int = 2, *, threads: int = 0) -> torch.Tensor:
    """zeta = x - step * grad phi(x), of the shape of x: one step of forward Euler of the flow towards y.

    What the persistent steps of W2-FE (order 2) and W1-FE (order 1) bring the generator to:

        zeta = brenier.torch.flow_target(generator(z), data, step)
        for _ in range(K):
            loss = ((generator(z) - zeta) ** 2).sum(-1).mean()
            ...
    """
    return x.detach() - step * potential_gradient(x, y, order=order, threads=threads)


class PowerOfDistance(torch.autograd.Function):
    """W_p**p of each problem of a batch, (B,) in float64."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor], b: Optional[torch.Tensor],
                order: int, threads: int) -> torch.Tensor:
        solutions = solved(x, y, a, b, order, threads)
        gradients = [solution.gradient() for solution in solutions]
        slopes = [[gradient.x for gradient in gradients], [gradient.y for gradient in gradients],
                  [order * solution.phi for solution in solutions], [order * solution.psi for solution in solutions]]
        ctx.slopes = [None if given is None else torch.from_numpy(stacked(slope, given.shape)).to(given)
                      for slope, given in zip(slopes, (x, y, a, b))]
        ctx.save_for_backward(x, y, a, b)
        return torch.tensor([solution.distance**order for solution in solutions], dtype=torch.float64)

    @staticmethod
    def backward(ctx: Any, outer: torch.Tensor) -> tuple:
        return (*(None if slope is None else FirstDerivative.apply(given, outer, slope)
                  for given, slope in zip(ctx.saved_tensors, ctx.slopes)), None, None)


class FirstDerivative(torch.autograd.Function):
    """The derivative of a batch by one of its tensors, which has none of its own."""

    @staticmethod
    def forward(ctx: Any, given: torch.Tensor, outer: torch.Tensor, slope: torch.Tensor) -> torch.Tensor:
        return outer.to(slope).reshape(-1, *[1] * (slope.dim() - 1)) * slope

    @staticmethod
    def backward(ctx: Any, *_: torch.Tensor) -> tuple:
        raise RuntimeError("brenier.torch.wasserstein has no second derivative: the optimal plan moves in jumps. "
                           "Take the first one without create_graph=True")


def stacked(arrays: list, shape: torch.Size) -> np.ndarray:
    """The arrays as one, also where there are none."""
    return np.stack(arrays).reshape(shape) if arrays else np.zeros(shape)


def check(x: torch.Tensor, y: torch.Tensor) -> None:
    """Refuses what makes no batch of clouds."""
    for name, points in (("x", x), ("y", y)):
        if not isinstance(points, torch.Tensor) or not points.dtype.is_floating_point:
            raise ValueError(f"{name}: expected a tensor of floating point numbers")
        if points.dim() not in (2, 3):
            raise ValueError(f"{name}: has {points.dim()} dimensions, expected (n, d) or (B, n, d)")
    if x.dim() != y.dim():
        raise ValueError("x, y: expected two clouds or two batches")


def scaled(weights: Optional[torch.Tensor], points: torch.Tensor, name: str) -> Optional[torch.Tensor]:
    """Weights of mass 1, (B, n) in doubles; PyTorch keeps how they came about."""
    if weights is None:
        return None
    problems = points.shape[0] if points.dim() == 3 else 1
    expected = (problems, points.shape[-2])
    if not isinstance(weights, torch.Tensor) or tuple(weights.shape) not in (expected, expected[1:]):
        raise ValueError(f"{name}: expected a tensor of {expected[1]} weights, or as many for each problem")
    weights = weights.double().expand(expected)
    return weights / weights.sum(-1, keepdim=True)


def solved(x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor], b: Optional[torch.Tensor], order: int,
           threads: int) -> list[Solution]:
    """The proven solutions of a batch."""
    def array(tensor: Optional[torch.Tensor]) -> Optional[np.ndarray]:
        return None if tensor is None else tensor.detach().cpu().double().numpy()

    found = solve_many(array(x), array(y), array(a), array(b), order, normalize=True, threads=threads)
    return [proven(solution) for solution in found]


def of_solutions(function: Any, x: torch.Tensor, y: torch.Tensor, a: Optional[torch.Tensor],
                 b: Optional[torch.Tensor], order: int, threads: int) -> torch.Tensor:
    """A function of each solution, of the shape of x."""
    check(x, y)
    batched = x.dim() == 3
    masses = [scaled(weights, points, name) for weights, points, name in ((a, x, "a"), (b, y, "b"))]
    found = solved(x if batched else x[None], y if batched else y[None], *masses, order, threads)
    return torch.from_numpy(stacked([function(solution) for solution in found], x.shape)).to(x)
