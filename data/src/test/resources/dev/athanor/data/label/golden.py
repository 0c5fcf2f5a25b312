"""Reference values for the tests of labels: what other programs make of the same votes, answers and probabilities.

    pip install numpy==2.4.6 pandas==3.0.6 scikit-learn==1.9.1 krippendorff==0.8.2 crowd-kit==1.4.1 cleanlab==2.9.0
    python golden.py > golden.json

Votes, answers and probabilities follow formulas with sines instead of chance, so that the test can make the same ones.
"""

import json
import math
import sys

import krippendorff
import numpy as np
import pandas as pd
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_scores
from crowdkit.aggregation import OneCoinDawidSkene
from sklearn.metrics import cohen_kappa_score


def wave(i, j):
    """A number from 0 to below 1 that looks like chance."""
    value = math.sin(12.9898 * (i + 1) + 78.233 * (j + 1)) * 43758.5453
    return value - math.floor(value)


def votes(samples, rates, labels):
    """Voter j is right with rates[j], says nothing for a fifth of the samples, and else is wrong by one or two."""
    rows = []
    for i in range(samples):
        row = []
        for j, rate in enumerate(rates):
            if wave(i, 3 * j) < 0.2:
                row.append(-1)
            elif wave(i, 3 * j + 1) < rate:
                row.append(i % labels)
            else:
                row.append((i + 1 + int(wave(i, 3 * j + 2) * (labels - 1))) % labels)
        rows.append(row)
    return rows


def label_model():
    rates = [0.9, 0.8, 0.6, 0.5]
    table = votes(120, rates, 3)
    frame = pd.DataFrame(
        [(i, j, vote) for i, row in enumerate(table) for j, vote in enumerate(row) if vote >= 0],
        columns=["task", "worker", "label"])
    model = OneCoinDawidSkene(n_iter=2000, tol=1e-14).fit(frame)
    return {
        "accuracies": [float(model.skills_[j]) for j in range(len(rates))],
        "balance": [float(model.priors_[k]) for k in range(3)],
        "chances": {str(i): [float(model.probas_.loc[i, k]) for k in range(3)] for i in (0, 7, 42, 119)},
    }


def agreement():
    table = votes(60, [0.9, 0.7, 0.6], 4)
    pairs = {}
    for a, b in ((0, 1), (0, 2), (1, 2)):
        both = [(row[a], row[b]) for row in table if row[a] >= 0 and row[b] >= 0]
        pairs[f"{a}{b}"] = float(cohen_kappa_score([x for x, _ in both], [y for _, y in both]))
    data = np.array([[np.nan if v < 0 else v for v in row] for row in table]).T
    return {
        "kappa": pairs,
        "alpha": float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")),
    }


def confident_learning():
    """300 samples of five labels; a quarter of the given labels are another than the likeliest."""
    count, labels = 300, 5
    probabilities, given = [], []
    for i in range(count):
        raw = [math.exp(3 * wave(i, k) + (2 if k == i % labels else 0)) for k in range(labels)]
        probabilities.append([value / sum(raw) for value in raw])
        given.append((i + (1 + int(wave(i, 9) * 4) if wave(i, 8) < 0.25 else 0)) % labels)
    p, y = np.array(probabilities), np.array(given)
    result = {"quality": {str(i): float(v) for i, v in enumerate(
        get_label_quality_scores(y, p, method="normalized_margin")) if i % 37 == 0}}
    for way in ("both",):
        found = find_label_issues(y, p, filter_by=way, return_indices_ranked_by="normalized_margin", n_jobs=1)
        result[way] = [int(i) for i in found]
    return result


json.dump(
    {
        "program": "python " + sys.version.split()[0] + " with the versions in golden.py",
        "labelModel": label_model(),
        "agreement": agreement(),
        "confidentLearning": confident_learning(),
    },
    sys.stdout, indent=1)
print()
