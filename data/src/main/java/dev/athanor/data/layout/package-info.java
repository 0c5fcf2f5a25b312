/// What records of JSON mean that other programs write: conversations, tasks of labelling tools. In: an object. Out:
/// its values by column, as texts. Open [RecordLayout] first; each layout is a class beside it. Nothing here reads
/// files, and nothing here knows datasets.
package dev.athanor.data.layout;
