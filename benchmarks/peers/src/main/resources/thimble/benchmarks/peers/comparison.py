"""The comparison of WholeComparison as one would write it with PyTorch alone: a process for each core, one thread in each.

Arguments: the folder with MNIST's four IDX files, plain or gzipped, and the number of processes. Prints the mean accuracy of each
method and size.
"""
import gzip
import os
import sys
from multiprocessing import Pool

import numpy
import torch
import torch.nn.functional as F

STEPS, BATCH, RATE = 500, 50, 1e-3
SIZES, REPEATS = (100, 300, 1000), 6
METHODS = ("none", "dropout", "dropout+spectreg", "datagrad", "l2", "label-smoothing")
DROP, SPECTREG, DATAGRAD, L2, SMOOTHING = 0.2, 5e-4, 0.05, 1e-3, 0.1


def idx(folder, name, header):
    path = os.path.join(folder, name)
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")
    with opened as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


def images(folder, part):
    pixels = torch.from_numpy(idx(folder, part + "-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28).copy())
    return pixels.float() / 255, torch.from_numpy(idx(folder, part + "-labels-idx1-ubyte", 8).astype(numpy.int64))


class LeNet5(torch.nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.conv1, self.conv2 = torch.nn.Conv2d(1, 6, 5), torch.nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = torch.nn.Linear(256, 120), torch.nn.Linear(120, 84), torch.nn.Linear(84, 10)
        self.drop = drop
        for weights in self.parameters():
            if weights.dim() > 1:
                torch.nn.init.xavier_uniform_(weights)
            else:
                torch.nn.init.zeros_(weights)

    def forward(self, x):
        h = F.max_pool2d(F.relu(self.conv1(x)), 2)
        h = F.max_pool2d(F.relu(self.conv2(h)), 2).flatten(1)
        h = F.dropout(F.relu(self.fc1(h)), self.drop, self.training)
        h = F.dropout(F.relu(self.fc2(h)), self.drop, self.training)
        return self.fc3(h)


def trial(task):
    method, size, repeat = task
    torch.manual_seed(repeat)
    chosen = torch.randperm(len(TRAIN[0]), generator=torch.Generator().manual_seed(repeat))[:size]
    x, y = TRAIN[0][chosen], TRAIN[1][chosen]
    model = LeNet5(DROP if "dropout" in method else 0.0)
    optimizer = torch.optim.Adam(model.parameters(), RATE, weight_decay=L2 if method == "l2" else 0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, STEPS)
    order, at = torch.randperm(size), 0
    for _ in range(STEPS):
        if at + BATCH > size:
            order, at = torch.randperm(size), 0
        batch = order[at : at + BATCH]
        at += BATCH
        inputs = x[batch]
        gradients = method in ("dropout+spectreg", "datagrad")
        inputs.requires_grad_(gradients)
        z = model(inputs)
        loss = F.cross_entropy(z, y[batch], label_smoothing=SMOOTHING if method == "label-smoothing" else 0.0)
        if gradients:
            spectral = method == "dropout+spectreg"
            signs = torch.randint(0, 2, z.shape) * 2.0 - 1
            scalar = (signs * z).sum() if spectral else F.cross_entropy(z, y[batch], reduction="sum")
            (gradient,) = torch.autograd.grad(scalar, inputs, create_graph=True)
            loss = loss + (SPECTREG if spectral else DATAGRAD) * gradient.square().sum() / len(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    model.eval()
    with torch.no_grad():
        right = sum((model(TEST[0][i : i + 1000]).argmax(1) == TEST[1][i : i + 1000]).sum() for i in range(0, 10000, 1000))
    return float(right) / 100


def single():
    torch.set_num_threads(1)


TRAIN, TEST = images(sys.argv[1], "train"), images(sys.argv[1], "t10k")
TASKS = [(method, size, repeat) for method in METHODS for size in SIZES for repeat in range(REPEATS)]

if __name__ == "__main__":
    with Pool(int(sys.argv[2]), single) as pool:
        results = dict(zip(TASKS, pool.map(trial, TASKS, chunksize=1)))
    for method in METHODS:
        means = (sum(results[method, size, repeat] for repeat in range(REPEATS)) / REPEATS for size in SIZES)
        print("%-20s" % method, *("%6.2f" % mean for mean in means))
