"""Small files by other programs, for CarrierTest: bare ones, and ones that carry marks of other hands.

Run: python files.py > files.json    (Pillow, mutagen, soundfile, numpy)
"""

import base64
import io
import json
import sys
import wave

import mutagen
import mutagen.flac
import numpy
import PIL
import soundfile
from PIL import Image, PngImagePlugin

FIELDS = {
    "Label": "1",
    "ContentProducer": "另一家",
    "ProduceID": "other-7",
    "ReservedCode1": "",
    "ContentPropagator": "spreader",
    "PropagateID": "p-1",
    "ReservedCode2": "",
}
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">%s</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
TITLE = (
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">茶</rdf:li></rdf:Alt></dc:title></rdf:Description>'
)
TC260 = 'xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"'


def escaped(text):
    return text.replace('"', "&quot;")


def picture(mode="RGB"):
    image = Image.new("RGB", (5, 3))
    image.putdata([(40 * x, 80 * y, 7) for y in range(3) for x in range(5)])
    return image.convert(mode)


def png(chunks):
    info = PngImagePlugin.PngInfo()
    for kind, key, text in chunks:
        if kind == "tEXt":
            info.add_text(key, text)
        elif kind == "zTXt":
            info.add_text(key, text, zip=True)
        elif kind == "iTXt":
            info.add_itxt(key, text)
        else:
            info.add_itxt(key, text, zip=True)
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=info, dpi=(72, 72))
    return out.getvalue()


def gif(**more):
    out = io.BytesIO()
    frames = [picture().quantize(16), picture().rotate(180).quantize(16)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0, **more)
    return out.getvalue()


SAMPLES = (numpy.sin(numpy.arange(64) / 5) * 9000).astype("<i2")


def wav(more=b""):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(SAMPLES.tobytes())
    bytes = out.getvalue() + more
    return bytes[:4] + (len(bytes) - 8).to_bytes(4, "little") + bytes[8:]


def flac(tags):
    out = io.BytesIO()
    soundfile.write(out, SAMPLES, 8000, format="FLAC", subtype="PCM_16")
    out.seek(0)
    if tags:
        file = mutagen.flac.FLAC(out)
        for key, value in tags.items():
            file[key] = value
        out.seek(0)
        file.save(out, padding=lambda _: 16)
    return out.getvalue()


text = json.dumps(FIELDS, ensure_ascii=False)
ascii = json.dumps(FIELDS)
files = {
    "bare.png": png([("tEXt", "Software", "test")]),
    "bare.gif": gif(),
    "bare.wav": wav(),
    "bare.flac": flac({"TITLE": "茶"}),
    "titled.png": png([("iTXt", "XML:com.adobe.xmp", XMP % TITLE)]),
    "tEXt.png": png([("tEXt", "AIGC", ascii)]),
    "wrapped.png": png([("tEXt", "AIGC", '{"AIGC":' + ascii + "}")]),
    "zTXt.png": png([("zTXt", "AIGC", ascii)]),
    "iTXt.png": png([("iTXt", "AIGC", text)]),
    "packed.png": png([("packed", "AIGC", text)]),
    "element.png": png(
        [("iTXt", "XML:com.adobe.xmp", XMP % f'<rdf:Description {TC260}><TC260:AIGC>{escaped(text)}</TC260:AIGC></rdf:Description>')]
    ),
    "attribute.png": png(
        [("iTXt", "XML:com.adobe.xmp", XMP % f'<rdf:Description {TC260} TC260:AIGC="{escaped(text)}"/>')]
    ),
    "comment.gif": gif(comment=('{"AIGC":' + ascii + "}").encode()),
    "chunk.wav": wav(b"AIGC" + len(ascii).to_bytes(4, "little") + ascii.encode() + b"\0" * (len(ascii) % 2)),
    "comment.flac": flac({"AIGC": text, "TITLE": "茶"}),
}
json.dump(
    {
        "origin": f"Python {sys.version.split()[0]}, Pillow {PIL.__version__}, mutagen {mutagen.version_string}, "
        f"soundfile {soundfile.__version__}; python files.py > files.json",
        "fields": FIELDS,
        "files": {name: base64.b64encode(bytes).decode() for name, bytes in files.items()},
    },
    sys.stdout,
    indent=1,
    ensure_ascii=False,
)
print()
