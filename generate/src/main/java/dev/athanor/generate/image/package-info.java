/// Pictures from noise. In: a trained model, a request, perhaps a picture to begin with. Out: pictures as
/// arrays or [dev.athanor.data.image.Image]. Open [ImageGenerator] first, then [Solver]. Files, marks and the
/// ledger are in the package above.
package dev.athanor.generate.image;
