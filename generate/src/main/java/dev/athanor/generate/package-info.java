/// A model in, content out. In: a [dev.athanor.model.ModelFolder] and a [TextRequest]. Out: [WrittenText]s, as
/// files with their AI-content marks, and lines of the [Ledger] that a [Tracer] leads back from; [ImageOutputs]
/// and [SoundOutputs] do the same for pictures and sounds. Open [TextGenerator] first, then
/// [TransformerDecoder] for the arithmetic and [Sampler] for the choice. Nothing here trains or needs a native
/// library.
package dev.athanor.generate;
