"""Reference values for the sound tests: files written by another program, and what other programs make of sounds.

    pip install numpy==2.4.6 scipy==1.17.1 soundfile==0.14.0 soxr==1.1.0 librosa==0.11.0
    python golden.py > golden.json

Sounds follow a formula instead of a file, so that the test can build the same ones: see `tones`.
"""

import base64
import io
import json
import math
import sys

import librosa
import numpy as np
import scipy.signal
import soundfile
import soxr


def tones(rate, count, frequencies):
    """Sines of amplitude 0.5 / (k + 1), number k of them with the phase k."""
    t = np.arange(count) / rate
    return sum(0.5 / (k + 1) * np.sin(2 * math.pi * f * t + k) for k, f in enumerate(frequencies))


def written(kind, subtype, rate, channels):
    """A file of libsndfile, and what libsndfile reads back from it, its channels mixed by their mean."""
    sound = tones(rate, rate // 20, [440, 1000])
    if channels == 2:
        sound = np.stack([sound, 0.25 * np.sin(2 * math.pi * 700 * np.arange(len(sound)) / rate)], 1)
    out = io.BytesIO()
    soundfile.write(out, sound, rate, format=kind, subtype=subtype)
    back, _ = soundfile.read(io.BytesIO(out.getvalue()), always_2d=True)
    mixed = back.mean(1)
    return {
        "rate": rate, "channels": channels, "count": len(mixed),
        "file": base64.b64encode(out.getvalue()).decode(), "every16th": [round(float(x), 8) for x in mixed[::16]]}


def files():
    return {
        "pcm8.wav": written("WAV", "PCM_U8", 8000, 1),
        "pcm16.wav": written("WAV", "PCM_16", 8000, 2),
        "pcm24.wav": written("WAV", "PCM_24", 16000, 2),
        "pcm32.wav": written("WAV", "PCM_32", 8000, 1),
        "float32.wav": written("WAV", "FLOAT", 8000, 1),
        "float64.wav": written("WAV", "DOUBLE", 8000, 1),
        "extensible.wav": written("WAVEX", "PCM_24", 8000, 2),
        "alaw.wav": written("WAV", "ALAW", 8000, 1),
        "mulaw.wav": written("WAV", "ULAW", 8000, 1),
        "bits8.flac": written("FLAC", "PCM_S8", 8000, 1),
        "bits16.flac": written("FLAC", "PCM_16", 8000, 2),
        "bits24.flac": written("FLAC", "PCM_24", 22050, 2),
        "mono.mp3": written("MP3", "MPEG_LAYER_III", 8000, 1),
        "stereo.mp3": written("MP3", "MPEG_LAYER_III", 32000, 2),
        "stereo.ogg": written("OGG", "VORBIS", 8000, 2),
    }


def resampled(before, after):
    """SoX's resampler at its highest quality; the ends, where both know nothing of what lies beyond, are left out."""
    sound = tones(before, before // 4, [300, 0.8 * min(before, after) / 2])
    new = soxr.resample(sound, before, after, quality="VHQ")
    quarter = len(new) // 4
    return {"from": before, "to": after, "start": quarter, "every4th": [float(x) for x in new[quarter:3 * quarter:4]]}


def loudness(seconds, frequencies, steps):
    """ITU-R BS.1770-5 with the coefficients that it lists for 48 kHz; each second is louder or quieter by a step."""
    rate = 48000
    sound = tones(rate, int(seconds * rate), frequencies) * np.repeat(10 ** (np.array(steps) / 20), rate)
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585]
    low = [1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621]
    power = scipy.signal.lfilter(*low, scipy.signal.lfilter(*shelf, sound)) ** 2
    blocks = np.array([power[i:i + 19200].mean() for i in range(0, len(power) - 19200 + 1, 4800)])
    level = lambda p: -0.691 + 10 * np.log10(p)
    kept = blocks[level(blocks) > -70]
    kept = kept[level(kept) > level(kept.mean()) - 10]
    return {"frequencies": frequencies, "steps": steps, "lufs": float(level(kept.mean()))}


def spectrogram(rate, fft, hop, mels, lowest, highest):
    """librosa's mel spectrogram of magnitudes, under the logarithm with a floor."""
    sound = tones(rate, rate // 4, [300, 1234, 0.4 * rate]).astype(np.float32)
    stft = librosa.stft(sound, n_fft=fft, hop_length=hop, center=True, pad_mode="constant")
    mel = librosa.feature.melspectrogram(
        y=sound, sr=rate, n_fft=fft, hop_length=hop, n_mels=mels, fmin=lowest, fmax=highest, power=1.0,
        pad_mode="constant")
    log = np.log(np.maximum(mel, 1e-5))
    rows = [0, 1, mels // 3, mels // 2, mels - 1]
    bins = [0, 1, fft // 8, fft // 2]
    number = lambda x: round(float(x), 6)
    return {
        "rate": rate, "fft": fft, "hop": hop, "mels": mels, "lowest": lowest, "highest": highest,
        "frames": mel.shape[1],
        "logMel": {str(r): [number(x) for x in log[r]] for r in rows},
        "real": {str(b): [number(x) for x in stft[b].real] for b in bins},
        "imaginary": {str(b): [number(x) for x in stft[b].imag] for b in bins}}


def bank(rate, fft, mels, lowest, highest):
    weights = librosa.filters.mel(sr=rate, n_fft=fft, n_mels=mels, fmin=lowest, fmax=highest)
    return {
        "rate": rate, "fft": fft, "mels": mels, "lowest": lowest, "highest": highest,
        "sums": [float(x) for x in weights.sum(1)], "centres": [int(x) for x in weights.argmax(1)]}


json.dump({
    "origin": {
        "program": "golden.py beside this file",
        "versions": {m.__name__: m.__version__ for m in (np, scipy, soundfile, soxr, librosa)},
        "libsndfile": soundfile.__libsndfile_version__,
        "tolerance": "named in each test, with its reason"},
    "files": files(),
    "resampled": [resampled(44100, 16000), resampled(8000, 22050), resampled(48000, 44100), resampled(8000, 16001)],
    "loudness": [loudness(3, [997], [0, 0, 0]), loudness(4, [60, 997, 5000], [0, -6, -30, -80])],
    "spectrograms": [spectrogram(8000, 512, 128, 64, 0, 4000), spectrogram(22050, 1024, 256, 80, 0, 8000)],
    "banks": [bank(8000, 512, 64, 0, 4000), bank(16000, 1024, 80, 0, 8000), bank(22050, 1024, 80, 0, 8000)],
}, sys.stdout, separators=(",", ":"))
print()
