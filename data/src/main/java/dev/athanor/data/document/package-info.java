/// Takes the text out of documents: HTML, Markdown, Word, PDF, and the cells out of spreadsheets. In: bytes.
/// Out: text, paragraphs on lines of their own, or rows of cells. Open [Document] first. Nothing here runs
/// what a document brings along (scripts, macros, formulas, links), and each has limits. Nothing here knows
/// datasets.
package dev.athanor.data.document;
