"""What cleanlab finds on the probabilities that Labels.java wrote: given label, true label, the chance of each label."""

import sys

import numpy as np

# Where numbers tie in rounding, cleanlab takes the order that an unstable sort leaves; with a stable one it is repeatable.
unstable = np.argsort
np.argsort = lambda values, *more, **named: unstable(values, *more, **{**named, "kind": "stable"})

from cleanlab.filter import find_label_issues

for file in sys.argv[1:]:
    table = np.loadtxt(file)
    given, truth, chances = table[:, 0].astype(int), table[:, 1].astype(int), table[:, 2:]
    chances /= chances.sum(axis=1, keepdims=True)
    found = find_label_issues(
        given, chances, filter_by="both", return_indices_ranked_by="normalized_margin", n_jobs=1)
    hits = int((given[found] != truth[found]).sum())
    print(f"{file[-2:]} % planted: cleanlab suspects {len(found)}, of {int((given != truth).sum())} planted {hits} "
          f"(recall {hits / (given != truth).sum():.3f}, precision {hits / len(found):.3f})")
