"""The peer's side of the step benchmark: LeNet-5 (6-16-120-84) in PyTorch, told what to do over standard input.

load FILE              float32: parameters, then inputs, one-hot targets and random signs
gradients KIND FILE    writes the gradients of all parameters, float32
time KIND STEPS        prints the shortest and the median time of a step, microseconds
"""
import sys
import time

import numpy
import torch
import torch.nn.functional as F

BATCH = int(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
SPECTREG, DATAGRAD = float(sys.argv[3]), float(sys.argv[4])
SHAPES = [(6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 256), (120,), (84, 120), (84,), (10, 84), (10,)]
parameters, data = [], {}


def load(path):
    values = numpy.fromfile(path, dtype=numpy.float32)
    at = 0

    def take(shape):
        nonlocal at
        size = int(numpy.prod(shape))
        at += size
        return torch.from_numpy(values[at - size : at].copy()).reshape(shape)

    parameters[:] = [torch.nn.Parameter(take(shape)) for shape in SHAPES]
    data.update(x=take((BATCH, 1, 28, 28)), y=take((BATCH, 10)), signs=take((BATCH, 10)))


def logits(x):
    k1, b1, k2, b2, w3, b3, w4, b4, w5, b5 = parameters
    h = F.max_pool2d(F.relu(F.conv2d(x, k1, b1)), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, k2, b2)), 2).flatten(1)
    return F.linear(F.relu(F.linear(F.relu(F.linear(h, w3, b3)), w4, b4)), w5, b5)


def loss(kind):
    x = data["x"].detach().requires_grad_(kind != "plain")
    z = logits(x)
    each = -(data["y"] * F.log_softmax(z, 1)).sum(1)
    total = each.mean()
    if kind != "plain":
        scalar = (data["signs"] * z).sum() if kind == "spectreg" else each.sum()
        (gradient,) = torch.autograd.grad(scalar, x, create_graph=True)
        total = total + (SPECTREG if kind == "spectreg" else DATAGRAD) * gradient.square().sum() / BATCH
    return total


for line in sys.stdin:
    command, *arguments = line.split()
    if command == "load":
        load(arguments[0])
        print("ok", flush=True)
    elif command == "gradients":
        gradients = torch.autograd.grad(loss(arguments[0]), parameters)
        torch.cat([g.flatten() for g in gradients]).numpy().tofile(arguments[1])
        print("ok", flush=True)
    elif command == "time":
        optimizer = torch.optim.SGD(parameters, lr=1e-3, momentum=0.9)
        times = []
        for _ in range(int(arguments[1])):
            start = time.perf_counter()
            optimizer.zero_grad()
            loss(arguments[0]).backward()
            optimizer.step()
            times.append((time.perf_counter() - start) * 1e6)
        times.sort()
        print(times[0], times[len(times) // 2], flush=True)
