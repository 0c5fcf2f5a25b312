"""Writes pictures.json: small pictures of every format by Pillow and OpenCV, and the pixels these read from them.

    python pictures.py > pictures.json      (Pillow, opencv-python-headless, numpy; versions are in the file)

Transparency is laid on white, EXIF orientation applied, palettes looked up, 16 bits rounded to 8.
"""

import base64
import io
import json
import sys

import cv2
import numpy as np
import PIL
from PIL import Image, ImageOps

rng = np.random.default_rng(7)


def ramp(height, width, channels):
    """Smooth, so that lossy formats keep it nearly; each corner has its own colour."""
    y, x = np.mgrid[0:height, 0:width].astype(float)
    y, x = y / max(1, height - 1), x / max(1, width - 1)
    planes = [255 * x, 255 * y, 255 * (1 - x), 255 * (1 - (x + y) / 2)][:channels]
    return np.stack(planes, -1).round().astype(np.uint8)


def bytes_of(image, **how):
    out = io.BytesIO()
    image.save(out, **how)
    return out.getvalue()


def upright(content):
    """What a careful reader shows: 8 bits, upright, on white."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(content)))
    image.seek(0) if getattr(image, "n_frames", 1) > 1 else None
    if image.mode in ("LA", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        image = Image.alpha_composite(white, image).convert("RGB")
    elif image.mode in ("1", "L"):
        image = image.convert("L")
    else:
        image = image.convert("RGB")
    return np.asarray(image)


cases = []


def case(name, content, tolerance=0, pixels=None, grey=None):
    pixels = upright(content) if pixels is None else pixels
    if grey:
        pixels = pixels[..., 0] if pixels.ndim == 3 else pixels
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    cases.append({
        "name": name,
        "bytes": base64.b64encode(content).decode(),
        "height": pixels.shape[0],
        "width": pixels.shape[1],
        "channels": channels,
        "pixels": base64.b64encode(np.ascontiguousarray(pixels).tobytes()).decode(),
        "tolerance": tolerance,
    })


color, grey = Image.fromarray(ramp(6, 9, 3)), Image.fromarray(ramp(6, 9, 1)[..., 0])
clear = Image.fromarray(ramp(6, 9, 4), "RGBA")
case("png colour", bytes_of(color, format="PNG"))
case("png grey", bytes_of(grey, format="PNG"))
case("png colour with transparency", bytes_of(clear, format="PNG"), 1)
case("png grey with transparency", bytes_of(clear.convert("LA"), format="PNG"), 1, grey=True)
case("png of one bit", bytes_of(grey.convert("1"), format="PNG"))
case("png with a palette", bytes_of(color.quantize(12), format="PNG"))
palette = color.quantize(12)
case("png with a transparent place in its palette", bytes_of(palette, format="PNG", transparency=3))
case("png palette of half transparent colours",
     bytes_of(palette, format="PNG", transparency=bytes(range(0, 240, 20))), 1)
wide = (ramp(6, 9, 1)[..., 0].astype(np.uint16) * 257)
case("png grey of 16 bits", cv2.imencode(".png", wide)[1].tobytes(), pixels=ramp(6, 9, 1)[..., 0])
wide = rng.integers(0, 65536, (5, 4, 3)).astype(np.uint16)
case("png colour of 16 bits", cv2.imencode(".png", wide[..., ::-1])[1].tobytes(),
     pixels=((wide.astype(np.int64) * 255 + 32767) // 65535).astype(np.uint8))
case("png of one pixel", bytes_of(Image.new("RGB", (1, 1), (10, 20, 30)), format="PNG"))

large, large_grey = Image.fromarray(ramp(24, 40, 3)), Image.fromarray(ramp(24, 40, 1)[..., 0])
case("jpeg colour", bytes_of(large, format="JPEG", quality=90), 4)
case("jpeg grey", bytes_of(large_grey, format="JPEG", quality=90), 4)
case("jpeg progressive", bytes_of(large, format="JPEG", quality=90, progressive=True), 4)
case("jpeg of one pixel", bytes_of(Image.new("RGB", (1, 1), (10, 200, 30)), format="JPEG"), 4)
# Four inks: what they look like depends on the inks, so only their pure cases are alike everywhere.
inks = np.zeros((16, 32, 4), np.uint8)
inks[:, 16:, 3] = 255
case("jpeg cmyk", bytes_of(Image.fromarray(inks, "CMYK"), format="JPEG", quality=95), 45)

for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    case(f"png turned {orientation}", bytes_of(color, format="PNG", exif=exif))
exif = Image.Exif()
exif[0x010F] = "A camera"
exif[0x0112] = 6
case("jpeg turned 6", bytes_of(large, format="JPEG", quality=90, exif=exif), 4)
case("webp turned 8", bytes_of(color, format="WEBP", lossless=True, exif=exif), 0)

case("gif", bytes_of(color.quantize(16), format="GIF"))
second = Image.new("RGB", (9, 6), (255, 0, 0)).quantize(4)
case("gif animated, its first", bytes_of(color.quantize(16), format="GIF", save_all=True, append_images=[second]))
case("gif transparent", bytes_of(palette, format="GIF", transparency=3))
case("bmp colour", bytes_of(color, format="BMP"))
case("bmp with a palette", bytes_of(color.quantize(16), format="BMP"))
case("bmp of one bit", bytes_of(grey.convert("1"), format="BMP"))
case("webp without loss", bytes_of(color, format="WEBP", lossless=True))
# Colour has half the resolution in it; libwebp smooths it on the way back and others do not.
case("webp with loss", bytes_of(large, format="WEBP", quality=90), 20)
case("webp with transparency", bytes_of(clear, format="WEBP", lossless=True, exact=True), 1)
case("webp animated, its first", bytes_of(color, format="WEBP", lossless=True, save_all=True,
                                          append_images=[Image.new("RGB", (9, 6), (255, 0, 0))]))

resized = []


def resize(name, source, width, height, method):
    result = cv2.resize(source, (width, height), interpolation=method)
    resized.append({
        "name": name,
        "sourceWidth": source.shape[1],
        "sourceHeight": source.shape[0],
        "channels": 1 if source.ndim == 2 else source.shape[2],
        "source": base64.b64encode(source.tobytes()).decode(),
        "width": width,
        "height": height,
        "pixels": base64.b64encode(result.tobytes()).decode(),
    })


noise = rng.integers(0, 256, (20, 30, 3)).astype(np.uint8)
resize("halved", noise, 15, 10, cv2.INTER_AREA)
resize("shrunk to a share", noise, 9, 6, cv2.INTER_AREA)
resize("shrunk, grey", np.ascontiguousarray(noise[..., 0]), 7, 5, cv2.INTER_AREA)
resize("shrunk to one pixel", noise, 1, 1, cv2.INTER_AREA)
resize("enlarged", np.ascontiguousarray(noise[:4, :6]), 15, 10, cv2.INTER_LINEAR)

json.dump({
    "program": f"Pillow {PIL.__version__}, OpenCV {cv2.__version__}, numpy {np.__version__}",
    "command": "python pictures.py > pictures.json",
    "tolerance": "steps of 255: 0 where both must agree, 1 for another rounding, more for lossy decoders and inks",
    "pictures": cases,
    "resized": resized,
}, sys.stdout, indent=1)
