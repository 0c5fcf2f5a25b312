/// Sounds from noise: their spectrograms are pictures, which [dev.athanor.generate.image] makes; a [Voice]
/// turns those into sounds. In: a trained model, a request. Out: [dev.athanor.data.sound.Sound]. Open
/// [SoundGenerator] first.
package dev.athanor.generate.sound;
