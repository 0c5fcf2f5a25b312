/// Finds personal data in texts, English and Chinese. In: a text. Out: [Found] places with their kind and value. Open
/// [PersonalFinder] first. What is done with them, is done elsewhere: `data.clean.Personal` replaces them.
package dev.athanor.data.personal;
