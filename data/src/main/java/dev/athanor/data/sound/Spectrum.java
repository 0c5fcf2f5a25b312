package dev.athanor.data.sound;

/// What frequencies a sound has at each time, as complex numbers: a row for each frequency, lowest first, a
/// column for each frame.
///
/// @param real not copied, as the other
record Spectrum(float[][] real, float[][] imaginary) {
    Spectrum(int bins, int frames) {
        this(new float[bins][frames], new float[bins][frames]);
    }

    int bins() {
        return real.length;
    }

    int frames() {
        return real[0].length;
    }

    /// How strong each frequency is: (bins, frames).
    float[][] magnitudes() {
        float[][] magnitudes = new float[bins()][frames()];
        for (int k = 0; k < bins(); k++) {
            float[] row = magnitudes[k];
            float[] re = real[k];
            float[] im = imaginary[k];
            for (int t = 0; t < row.length; t++) {
                row[t] = (float) Math.sqrt(re[t] * re[t] + im[t] * im[t]);
            }
        }
        return magnitudes;
    }
}
