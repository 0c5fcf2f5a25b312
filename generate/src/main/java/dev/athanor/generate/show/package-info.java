/// Pictures for people to look at: many on one sheet, frames in motion, numbers as colours. In: pictures in
/// memory, or a matrix. Out: a picture, or the bytes of a GIF file. Open [ContactSheet] first. Nothing here
/// marks what it shows, or enters it in a ledger.
package dev.athanor.generate.show;
