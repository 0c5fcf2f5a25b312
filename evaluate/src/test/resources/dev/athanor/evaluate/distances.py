"""Writes distances.json: reference values for the measures on features.

    pip install numpy==2.4.6 scipy==1.17.1 torch==2.13.0 torchmetrics==1.9.0
    python distances.py > distances.json

Features follow a recipe instead of a file, exact in float32: a number is the sum of three draws u / 65536 less 1.5, where
u is bits 8 to 23 of s, and s becomes (1103515245 s + 12345) mod 2^31 before each draw; the first s is the set's seed.
Half of the number before it in the row is added, so that features vary together, and at last the offset.

frechet: scipy.linalg.sqrtm, and where the covariances are singular torchmetrics' formula by eigenvalues.
kernel: torchmetrics.image.kid.poly_mmd over all samples, in double precision.
neighbours: the definitions of Kynkäänniemi et al. 2019 and Naeem et al. 2020 over scipy's distance matrices.
"""
import json
import numpy as np
import scipy
import torch
import torchmetrics
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist
from torchmetrics.image.fid import _compute_fid
from torchmetrics.image.kid import poly_mmd


def features(count, width, offset, seed):
    s = seed
    rows = np.zeros((count, width))
    for i in range(count):
        before = 0.0
        for j in range(width):
            number = -1.5
            for _ in range(3):
                s = (1103515245 * s + 12345) % 2**31
                number += (s >> 8 & 0xFFFF) / 65536
            rows[i, j] = number + before / 2 + offset
            before = number
    assert (rows == rows.astype(np.float32)).all()
    return rows


def frechet(x, y):
    m1, m2 = x.mean(0), y.mean(0)
    s1, s2 = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    if min(len(x), len(y)) > x.shape[1]:
        root = sqrtm(s1 @ s2).real
        return float(((m1 - m2) ** 2).sum() + np.trace(s1 + s2 - 2 * root))
    t = [torch.from_numpy(a) for a in (m1, s1, m2, s2)]
    return float(_compute_fid(*t))


def neighbours(x, y, k):
    def reach(a):
        return np.sort(cdist(a, a), axis=1)[:, k]  # column 0 is the sample itself

    between = cdist(x, y)
    in_real = between <= reach(x)[:, None]
    in_generated = between <= reach(y)[None, :]
    return {
        "k": k,
        "precision": float(in_real.any(0).mean()),
        "recall": float(in_generated.any(1).mean()),
        "density": float(in_real.sum() / (k * len(y))),
        "coverage": float(in_real.any(1).mean()),
    }


cases = []
for n, m, width, offset in ((60, 50, 6, 0.5), (60, 60, 6, 2.0), (12, 9, 16, 0.5), (300, 280, 3, 0.125)):
    x, y = features(n, width, 0.0, 1), features(m, width, offset, 2)
    least = min(n, m)
    kernel = poly_mmd(torch.from_numpy(x[:least]), torch.from_numpy(y[:least]))
    cases.append({
        "real": n, "generated": m, "width": width, "offset": offset,
        "frechet": frechet(x, y),
        "kernel": float(kernel),  # over the first min(real, generated) of both, as torchmetrics wants equal counts
        "neighbours": [neighbours(x, y, k) for k in (3, 5)],
    })
print(json.dumps({
    "origin": f"numpy {np.__version__}, scipy {scipy.__version__}, torch {torch.__version__},"
              f" torchmetrics {torchmetrics.__version__}",
    "tolerance": 1e-7, "why": "relative; the root of a product that is not symmetric is good to half the digits",
    "cases": cases,
}, indent=1))
