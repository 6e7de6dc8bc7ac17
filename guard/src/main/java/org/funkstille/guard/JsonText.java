package org.funkstille.guard;

import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.stream.JsonStream;

/** Writes JSON documents. Empty lists stay: a program that reads them must not have to guess. */
public final class JsonText {

    private static final JsonNodeMapper JSON = JsonNodeMapper.builder()
            .jsonStream(JsonStream.builder().serializeEmpty(true).build())
            .build();

    private JsonText() {}

    public static String of(JsonNode document) {
        return JSON.toJson(document);
    }
}
