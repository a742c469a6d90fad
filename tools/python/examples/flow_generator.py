#!/usr/bin/env python3
"""Trains a small generator along the exact gradient flow of W2 (W2-FE, Huang & Malik, arXiv 2406.13619), in numpy.

Each round draws z, computes the exact Kantorovich potential phi between the samples G(z) and the data, moves the
samples one step down its gradient, zeta = G(z) - epsilon * grad phi(G(z)), and lets the generator follow: a few descent
steps on mean |G(z) - zeta|**2. The data are eight modes on a circle.

usage: flow_generator.py [--rounds N] [--order 1|2] [--step EPSILON] [--every K]

Prints a row of CSV every K rounds: round, exact W1 and W2 between fresh samples and the data, modes covered.
"""

import argparse

import numpy as np

import brenier


class Generator:
    """A network of one hidden layer, z -> B tanh(A z + a) + b, with Adam."""

    def __init__(self, rng, noise=2, hidden=128, out=2):
        self.weights = [rng.normal(size=(noise, hidden)), rng.normal(size=hidden),
                        0.01 * rng.normal(size=(hidden, out)), np.zeros(out)]
        self.means = [np.zeros_like(w) for w in self.weights]
        self.squares = [np.zeros_like(w) for w in self.weights]
        self.steps = 0

    def __call__(self, z):
        A, a, B, b = self.weights
        return np.tanh(z @ A + a) @ B + b

    def follow(self, z, zeta, rate=3e-3):
        """One step of Adam on mean |G(z) - zeta|**2."""
        A, a, B, b = self.weights
        hidden = np.tanh(z @ A + a)
        out = 2 * (hidden @ B + b - zeta) / len(z)
        inner = out @ B.T * (1 - hidden**2)
        self.steps += 1
        for w, mean, square, slope in zip(self.weights, self.means, self.squares,
                                          [z.T @ inner, inner.sum(0), hidden.T @ out, out.sum(0)]):
            mean += 0.1 * (slope - mean)
            square += 0.001 * (slope**2 - square)
            w -= rate * (mean / (1 - 0.9**self.steps)) / (np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8)


def eight_modes(rng, n, std=0.1):
    angle = rng.integers(0, 8, n) * np.pi / 4
    return np.c_[np.cos(angle), np.sin(angle)] + std * rng.normal(size=(n, 2))


def train(rounds, order, step, every, batch=256, inner=10, seed=0):
    rng = np.random.default_rng(seed)
    data = eight_modes(rng, 512)
    centres = np.array([(np.cos(k * np.pi / 4), np.sin(k * np.pi / 4)) for k in range(8)])
    generator = Generator(rng)
    print("round,w1,w2,modes")
    for k in range(rounds + 1):
        if k % every == 0:
            samples = generator(rng.normal(size=(512, 2)))
            w1, w2 = (brenier.wasserstein(samples, data, order=p) for p in (1, 2))
            print(f"{k},{w1:.6f},{w2:.6f},{brenier.metrics.mode_shares(samples, centres, 0.3).covered}", flush=True)
        z = rng.normal(size=(batch, 2))
        samples = generator(z)
        target = data[rng.choice(len(data), batch, replace=False)]
        zeta = samples - step * brenier.solve(samples, target, order=order, threads=1).potential_gradient()
        for _ in range(inner):
            generator.follow(z, zeta)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--order", type=int, default=2, choices=(1, 2))
    parser.add_argument("--step", type=float, default=0.5, help="epsilon")
    parser.add_argument("--every", type=int, default=25)
    arguments = parser.parse_args()
    train(arguments.rounds, arguments.order, arguments.step, arguments.every)


if __name__ == "__main__":
    main()
