package dev.athanor.model;

import tools.jackson.databind.node.ObjectNode;

/// How a model's samples are written for it: the entry `athanor` of its `config.json`.
public sealed interface Form permits SampleFormat, ImageFormat, WaveForm {
    ObjectNode toJson();
}
