/// The sample business: Crane & Kettle, a small bilingual tea shop written for this project. In: a seed. Out:
/// a folder of files such as a business has them, in several formats and encodings, some rows dirty, and
/// truths planted that can be measured against. Open [Shop] first; each kind of file has a class of its own
/// ([Advertising], [Conversations], [Trade], [NewsStream], [Letters]); the words themselves are in the
/// resources beside it, with a README that says how each part was made and what is planted. Nothing here
/// imports or cleans.
package dev.athanor.data.shop;
