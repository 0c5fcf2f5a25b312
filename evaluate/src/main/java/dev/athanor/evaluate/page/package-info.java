/// Results as one HTML page that opens without a network: pictures and sounds stand inside it, nothing is
/// loaded and no script runs. In: [Block]s with text, numbers and the bytes of PNG or WAV files. Out: HTML.
/// Open [Page] first. All text may come from users: [Markup] escapes it. Nothing here measures.
package dev.athanor.evaluate.page;
