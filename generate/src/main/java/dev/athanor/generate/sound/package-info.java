/// Sounds from noise or from codes: their spectrograms are pictures, which [dev.athanor.generate.image] makes or
/// [dev.athanor.generate.CodeWriter] writes; a [Voice] turns those into sounds. In: a trained model, a request. Out:
/// [dev.athanor.data.sound.Sound]. Open
/// [SoundGenerator] first.
package dev.athanor.generate.sound;
