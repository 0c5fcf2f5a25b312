"""The same in Python: seconds of work for a second of sound at 8 kHz, `name factor` lines.

    python peer.py ROUNDS

torch is Griffin-Lim as torchaudio.transforms.GriffinLim has it (32 turns, momentum 0.99), written with the same calls;
librosa is librosa.griffinlim; vocoder is the network of the recipe audio-vocoder, random weights, whose form our own test
takes its reference values from, and Griffin-Lim behind it.
"""

import pathlib
import statistics
import sys
import time

import librosa
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "model/src/test/resources/dev/athanor/model"))
import vocoder  # noqa: E402

RATE, FFT, HOP, BANDS, SECONDS = 8000, 512, 128, 64, 4


def griffin_lim(magnitudes, turns=32, momentum=0.99):
    window = torch.hann_window(FFT)
    further = momentum / (1 + momentum)
    angles = torch.rand(magnitudes.shape, dtype=torch.complex64)
    before = torch.zeros((), dtype=torch.complex64)
    for _ in range(turns):
        sound = torch.istft(magnitudes * angles, FFT, HOP, window=window)
        now = torch.stft(sound, FFT, HOP, window=window, return_complex=True)
        angles = now - before * further
        angles = angles / (angles.abs() + 1e-16)
        before = now
    return torch.istft(magnitudes * angles, FFT, HOP, window=window)


def main(rounds):
    torch.manual_seed(1)
    magnitudes = torch.stft(
        torch.randn(SECONDS * RATE), FFT, HOP, window=torch.hann_window(FFT), return_complex=True).abs()
    vocoder.BANDS, vocoder.FFT, vocoder.HOP, vocoder.WIDTH, vocoder.BLOCKS = BANDS, FFT, HOP, 192, 4
    network = vocoder.Vocoder().eval()
    bands = torch.randn(1, BANDS, magnitudes.shape[1])
    as_array = magnitudes.numpy()
    with torch.inference_mode():
        for name, work in {
            "griffin-lim/torch": lambda: griffin_lim(magnitudes),
            "griffin-lim/librosa": lambda: librosa.griffinlim(as_array, n_iter=32, momentum=0.99, hop_length=HOP),
            "vocoder/torch": lambda: griffin_lim(network(bands)[0].exp()),
        }.items():
            spent = []
            for number in range(-3, rounds):
                begun = time.perf_counter()
                work()
                if number >= 0:
                    spent.append(time.perf_counter() - begun)
            print(f"{name} {statistics.median(spent) / SECONDS:.5f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
