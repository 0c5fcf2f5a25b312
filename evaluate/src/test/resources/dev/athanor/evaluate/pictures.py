"""Writes pictures.json: reference values for Reconstruction.

    pip install numpy==2.4.6 scikit-image==0.26.0
    python pictures.py > pictures.json

Pictures follow a recipe instead of a file. The original: (16 x + 9 y + 40 c) mod 256 at column x, row y, channel c. The
other one: that plus a draw (s >> 8) mod (2 noise + 1) less noise, cut to 0 and 255, where s, at first 1, becomes
(1103515245 s + 12345) mod 2^31 before each draw; draws go row by row, the channels of a pixel side by side.

structural_similarity is asked for what Wang et al. 2004 use: gaussian_weights, sigma 1.5, no sample covariance.
"""
import json
import numpy as np
import skimage
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity


def pictures(width, height, channels, noise):
    s = 1
    one = np.zeros((height, width, channels), dtype=np.uint8)
    other = one.copy()
    for y in range(height):
        for x in range(width):
            for c in range(channels):
                value = (16 * x + 9 * y + 40 * c) % 256
                s = (1103515245 * s + 12345) % 2**31
                one[y, x, c] = value
                other[y, x, c] = min(255, max(0, value + (s >> 8) % (2 * noise + 1) - noise))
    return one, other


cases = []
for width, height, channels, noise in ((28, 28, 1, 20), (13, 17, 3, 90), (11, 11, 1, 5)):
    one, other = pictures(width, height, channels, noise)
    cases.append({
        "width": width, "height": height, "channels": channels, "noise": noise,
        "absolute": float(np.abs(one.astype(float) - other).mean() / 255),
        "squared": float(mean_squared_error(one, other) / 255**2),
        "decibels": float(peak_signal_noise_ratio(one, other)),
        "similarity": float(structural_similarity(
            one, other, channel_axis=2, data_range=255, gaussian_weights=True, sigma=1.5,
            use_sample_covariance=False)),
    })
print(json.dumps({"origin": f"numpy {np.__version__}, scikit-image {skimage.__version__}", "tolerance": 1e-9,
                  "why": "the same sums in double precision in another order", "cases": cases}, indent=1))
