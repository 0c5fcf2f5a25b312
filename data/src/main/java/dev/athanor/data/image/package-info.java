/// Pictures as numbers. In: the bytes of a PNG, JPEG, GIF, BMP or WebP file. Out: [Image], which open first,
/// and PNG bytes again. [Decoder] reads, [ImageForm] brings to a size, [Png] writes. Nothing here knows
/// datasets, tensors or models.
package dev.athanor.data.image;
