/// Turns text into numbered tokens and back. In: strings. Out: token ids as `int[]`, and `tokenizer.json` files
/// that Hugging Face's `tokenizers` reads to the same ids. Open [dev.athanor.data.text.Tokenizer] first;
/// [dev.athanor.data.text.BytePairTokenizer] is what most recipes use and
/// [dev.athanor.data.text.CharacterTokenizer] what small ones do; [dev.athanor.data.text.Tokenizers] opens a
/// file of either. Nothing here knows datasets, tensors or training of models.
package dev.athanor.data.text;
