package dev.athanor.generate.sound;

import dev.athanor.data.sound.Fade;
import dev.athanor.data.sound.Joint;
import dev.athanor.data.sound.Sound;
import dev.athanor.data.sound.Trim;
import dev.athanor.generate.image.ImageRequest;
import dev.athanor.model.ImageFormat;
import dev.athanor.model.ModelFolder;
import dev.athanor.model.SoundForm;
import dev.athanor.torch.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Makes sounds with a model of spectrograms. Owns native memory: close it.
public final class SoundGenerator implements AutoCloseable {
    private static final Joint SPOKEN = new Joint.Gap(Duration.ofMillis(80)); // between two words

    private final Spectrograms spectrograms;
    private final ImageFormat format;
    private final SoundForm form;
    private final Voice voice;

    private SoundGenerator(Spectrograms spectrograms, ImageFormat format, SoundForm form, Voice voice) {
        this.spectrograms = spectrograms;
        this.format = format;
        this.form = form;
        this.voice = voice;
    }

    /// @throws IllegalArgumentException where the model is not one of sounds
    public static SoundGenerator open(ModelFolder folder, Engine engine, Voice voice) {
        ImageFormat format = folder.images();
        SoundForm form = format.sound()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model %s makes pictures, and a model of sounds is needed here".formatted(folder.name())));
        return new SoundGenerator(Spectrograms.open(folder, engine), format, form, voice);
    }

    /// The sounds of a request. Where the model knows words and a prompt is given, each sound says all of its
    /// words, one behind the other.
    public List<Sound> generate(ImageRequest request) {
        boolean spoken =
                format.names().contains(ImageFormat.WORDS) && !request.prompt().isEmpty();
        if (!spoken) {
            return spectrograms.planes(request).stream().map(this::sound).toList();
        }
        List<List<Sound>> words = new ArrayList<>();
        List<String> asked = words(request.prompt());
        for (int place = 0; place < asked.size(); place++) {
            SequencedMap<String, String> fields = new LinkedHashMap<>(request.fields());
            fields.put(ImageFormat.WORDS, asked.get(place));
            words.add(spectrograms
                    .planes(new ImageRequest(
                            fields,
                            "",
                            request.count(),
                            request.denoising(),
                            request.seed().branch("word-" + place)))
                    .stream()
                    .map(this::sound)
                    .toList());
        }
        List<Sound> sounds = new ArrayList<>();
        for (int number = 0; number < request.count(); number++) {
            int which = number;
            sounds.add(SPOKEN.join(words.stream().map(said -> said.get(which)).toList()));
        }
        return sounds;
    }

    private Sound sound(float[] planes) {
        return Fade.soft().apply(Trim.usual().apply(voice.sound(form.spectrogram(planes))));
    }

    /// The longest words that the model knows, from the left.
    ///
    /// @throws IllegalArgumentException for one that it does not
    private List<String> words(String prompt) {
        ImageFormat.Field field = format.fields().stream()
                .filter(known -> known.name().equals(ImageFormat.WORDS))
                .findFirst()
                .orElseThrow();
        List<String> said = new ArrayList<>();
        List<String> rest = List.of(prompt.strip().split("\\s+"));
        while (!rest.isEmpty()) {
            int length = rest.size();
            while (length > 1 && !field.values().contains(String.join(" ", rest.subList(0, length)))) {
                length--;
            }
            String word = String.join(" ", rest.subList(0, length));
            field.number(word); // refuses one that was not learnt
            said.add(word);
            rest = rest.subList(length, rest.size());
        }
        return said;
    }

    @Override
    public void close() {
        spectrograms.close();
    }
}
