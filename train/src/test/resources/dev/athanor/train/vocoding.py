"""The loss of dev.athanor.train.SoundObjective written again with PyTorch and librosa: reference values for its test.

    pip install torch==2.13.0 librosa==0.11.0
    python vocoding.py > vocoding.json

The real sound is a chirp, the made one a louder chirp that starts elsewhere.
"""

import json
import math
import sys

import librosa
import torch

RATE, FFT, HOP, BANDS = 8000, 512, 128, 64


def magnitudes(sounds, size, hop):
    return torch.stft(
        sounds, size, hop, size, torch.hann_window(size), center=True, pad_mode="constant", return_complex=True).abs()


def spectrogram(sounds):
    filters = torch.tensor(librosa.filters.mel(sr=RATE, n_fft=FFT, n_mels=BANDS, fmin=0, fmax=4000))
    return (filters @ magnitudes(sounds, FFT, HOP)).clamp(min=1e-5).log()


def chirp(strength, phase):
    return torch.tensor([[strength * math.sin(phase + 0.02 * k + 1e-4 * k * k) for k in range(4096)]])


def distance(made, real):
    total = (spectrogram(made) - spectrogram(real)).abs().mean()
    for size in (FFT // 2, FFT, 2 * FFT):
        Y, X = magnitudes(made, size, size // 4).clamp(min=1e-3), magnitudes(real, size, size // 4).clamp(min=1e-3)
        apart = Y.log() - X.log()
        total = total + (torch.linalg.norm(X - Y) / torch.linalg.norm(X) + apart.abs().mean()) / 3
        if size == FFT:
            total = total + (apart.square().mean(1) + 1e-6).sqrt().mean() / 3
    return total


json.dump({
    "program": f"torch {torch.__version__}, librosa {librosa.__version__}", "command": "python vocoding.py",
    "tolerance": "1e-4; float32 sums differ in order",
    "distance": distance(chirp(0.5, 1.0), chirp(0.3, 0.0)).item(),
    "none": distance(chirp(0.3, 0.0), chirp(0.3, 0.0)).item(),
}, sys.stdout)
