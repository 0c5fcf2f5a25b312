/// The steps that clean a dataset. In: [dev.athanor.data.Sample], one after the other. Out: the same, changed or
/// dropped with a reason, and a report of what each step did. Open [Step] first, then [Pipeline]; [StepFile] reads
/// steps from YAML, [dev.athanor.data.Cleaner] makes a version with them. Nothing here writes datasets, and near
/// duplicates are found elsewhere.
package dev.athanor.data.clean;
