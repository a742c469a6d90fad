"""Trains a generator in PyTorch along the exact W2 flow: eight Gaussians on a circle, from a plane of noise.

Logs W1, W2 and the floor: the W2 between two samples of the data themselves, which no generator can be asked to beat.
"""

import brenier
import brenier.torch
import torch

BATCH, STEPS, SAMPLES = 256, 1500, 1024


def ring(n):
    """n points of eight narrow Gaussians on a circle of radius 2."""
    angle = torch.randint(8, (n,)) * (torch.pi / 4)
    return 2.0 * torch.stack([angle.cos(), angle.sin()], 1) + 0.05 * torch.randn(n, 2)


def main():
    torch.manual_seed(1)
    generator = torch.nn.Sequential(torch.nn.Linear(2, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128),
                                    torch.nn.ReLU(), torch.nn.Linear(128, 2))
    optimizer = torch.optim.Adam(generator.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    floor = brenier.torch.wasserstein(ring(SAMPLES), ring(SAMPLES)).item()
    for step in range(STEPS + 1):
        if step % 250 == 0:
            with torch.no_grad():
                made, data = generator(torch.randn(SAMPLES, 2)), ring(SAMPLES)
                w1, w2 = (brenier.torch.wasserstein(made, data, order=order).item() for order in (1, 2))
            print(f"step {step}: W1 {w1:.3f}, W2 {w2:.3f}, floor {floor:.3f}, W2 / floor {w2 / floor:.2f}", flush=True)
        made = generator(torch.randn(BATCH, 2))
        target = brenier.torch.flow_target(made, ring(BATCH), step=1.0)
        optimizer.zero_grad()
        ((made - target) ** 2).sum(1).mean().backward()
        optimizer.step()
        schedule.step()


if __name__ == "__main__":
    main()
