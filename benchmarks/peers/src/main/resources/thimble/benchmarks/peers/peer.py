"""PyTorch's side of the peer benchmarks, told what to do over standard input; the argument is the number of threads.

step MODEL BATCH SPECTREG DATAGRAD FILE   float32: parameters, then inputs, one-hot targets and random signs
gradients KIND FILE                       writes the gradients of all parameters, float32
time KIND COUNT                           prints the shortest and the median time of a step, microseconds
conv N C H W O K PADDING FILE             float32: x, kernel, gradient of the output
results FILE                              writes output, gradient of x and gradient of the kernel, float32
time forward|backward COUNT               the same for the convolution; backward makes both gradients

KIND is plain, spectreg or datagrad.
"""
import sys
import time

import numpy
import torch
import torch.nn.functional as F

torch.set_num_threads(int(sys.argv[1]))
parameters, data = [], {}


def lenet(x, p):
    h = F.max_pool2d(F.relu(F.conv2d(x, p[0], p[1])), 2)
    h = F.max_pool2d(F.relu(F.conv2d(h, p[2], p[3])), 2)
    return mlp(h, p[4:])


def mlp(x, p):
    h = x.flatten(1)
    for i in range(0, len(p) - 2, 2):
        h = F.relu(F.linear(h, p[i], p[i + 1]))
    return F.linear(h, p[-2], p[-1])


def resnet20(x, p):
    at = 0

    def convolution(h, stride=1):
        nonlocal at
        kernel, scale, shift = p[at : at + 3]
        at += 3
        h = F.conv2d(h, kernel, stride=stride, padding=kernel.shape[2] // 2)
        return F.batch_norm(h, None, None, scale, shift, training=True, eps=1e-5)

    h = F.relu(convolution(x))
    for block in range(9):
        first = block in (3, 6)
        body = convolution(F.relu(convolution(h, 2 if first else 1)))
        h = F.relu(body + (convolution(h, 2) if first else h))
    return F.linear(h.mean((2, 3)), p[at], p[at + 1])


def residual_shapes():
    shapes, channels = [], 3

    def convolution(outputs, inputs, size):
        shapes.extend([(outputs, inputs, size, size), (outputs,), (outputs,)])

    convolution(16, 3, 3)
    channels = 16
    for block in range(9):
        width = 16 << (block // 3)
        convolution(width, channels, 3)
        convolution(width, width, 3)
        if width != channels:
            convolution(width, channels, 1)
        channels = width
    return shapes + [(10, 64), (10,)]


MODELS = {
    "lenet5": (
        lenet,
        (1, 28, 28),
        [(6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 256), (120,), (84, 120), (84,), (10, 84), (10,)],
    ),
    "lenet": (
        lenet,
        (1, 28, 28),
        [(20, 1, 5, 5), (20,), (50, 20, 5, 5), (50,), (500, 800), (500,), (10, 500), (10,)],
    ),
    "mlp:hidden=256": (mlp, (1, 28, 28), [(256, 784), (256,), (10, 256), (10,)]),
    "resnet20": (resnet20, (3, 32, 32), residual_shapes()),
}


def read(path, shapes):
    values = numpy.fromfile(path, dtype=numpy.float32)
    tensors, at = [], 0
    for shape in shapes:
        size = int(numpy.prod(shape))
        tensors.append(torch.from_numpy(values[at : at + size].copy()).reshape(shape))
        at += size
    return tensors


def step(name, batch, spectreg, datagrad, path):
    function, image, shapes = MODELS[name]
    batch = int(batch)
    tensors = read(path, shapes + [(batch, *image), (batch, 10), (batch, 10)])
    parameters[:] = [torch.nn.Parameter(tensor) for tensor in tensors[:-3]]
    data.update(
        function=function,
        batch=batch,
        x=tensors[-3],
        y=tensors[-2],
        signs=tensors[-1],
        strengths={"spectreg": float(spectreg), "datagrad": float(datagrad)},
    )


def loss(kind):
    x = data["x"].detach().requires_grad_(kind != "plain")
    z = data["function"](x, parameters)
    each = -(data["y"] * F.log_softmax(z, 1)).sum(1)
    total = each.mean()
    if kind != "plain":
        scalar = (data["signs"] * z).sum() if kind == "spectreg" else each.sum()
        (gradient,) = torch.autograd.grad(scalar, x, create_graph=True)
        total = total + data["strengths"][kind] * gradient.square().sum() / data["batch"]
    return total


def convolution(n, c, h, w, o, k, padding, path):
    n, c, h, w, o, k, padding = (int(size) for size in (n, c, h, w, o, k, padding))
    y = (n, o, h + 2 * padding - k + 1, w + 2 * padding - k + 1)
    x, kernel, g = read(path, [(n, c, h, w), (o, c, k, k), y])
    data.update(x=x, kernel=kernel, g=g, padding=padding)


def forward():
    return F.conv2d(data["x"], data["kernel"], padding=data["padding"])


def backward():
    pads = [data["padding"]] * 2
    return torch.ops.aten.convolution_backward(
        data["g"], data["x"], data["kernel"], None, [1, 1], pads, [1, 1], False, [0, 0], 1, [True, True, False]
    )


def work(kind):
    if kind == "forward":
        return forward
    if kind == "backward":
        return backward
    optimizer = torch.optim.SGD(parameters, lr=1e-3, momentum=0.9)

    def whole():
        optimizer.zero_grad()
        loss(kind).backward()
        optimizer.step()

    return whole


def write(tensors, path):
    torch.cat([t.detach().flatten() for t in tensors]).numpy().tofile(path)


def timed(kind, count):
    run, times = work(kind), []
    for _ in range(int(count)):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e6)
    times.sort()
    return "%f %f" % (times[0], times[len(times) // 2])


for line in sys.stdin:
    command, *arguments = line.split()
    answer = "ok"
    if command == "step":
        step(*arguments)
    elif command == "conv":
        convolution(*arguments)
    elif command == "gradients":
        write(torch.autograd.grad(loss(arguments[0]), parameters), arguments[1])
    elif command == "results":
        write([forward(), *backward()[:2]], arguments[0])
    elif command == "time":
        answer = timed(*arguments)
    elif command == "version":
        answer = torch.__version__
    print(answer, flush=True)
