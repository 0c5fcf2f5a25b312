/// A dataset version as one page for people: begin with [dev.athanor.evaluate.data.DatasetPage].
package dev.athanor.evaluate.data;
