/// The preparation of data on Apache Flink, for what outgrows one machine. In: a version of a dataset on a
/// folder that all machines see. Out: what the same steps make of it here, row for row. Open [FlinkEngine]
/// first. The steps themselves are in `data`; nothing here knows models.
package dev.athanor.scale;
