"""The colours of matplotlib, for ColourMapTest.

Run: python colours.py > colours.json    (matplotlib)
"""

import json

import matplotlib

maps = {
    name: "".join("%02x%02x%02x" % tuple(round(255 * part) for part in colour) for colour in matplotlib.colormaps[name].colors)
    for name in ("viridis", "magma")
}
print(json.dumps({"origin": f"matplotlib {matplotlib.__version__}; python colours.py > colours.json", **maps}))
