package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonNode;
import java.util.List;

/**
 * What the API answered.
 *
 * @param about how a message about it begins
 * @param code the HTTP status
 * @param responseId the stable name of the outcome, {@code SUCCESS} or of an error
 * @param message the router's own words
 */
record PfSenseAnswer(String about, int code, String responseId, String message, JsonNode data) {

    boolean ok() {
        return code >= 200 && code < 300;
    }

    /** One for an answer that is one object. */
    List<Item> items() {
        return Item.objects(data).toList();
    }

    /** For people: what it said and what it calls that. */
    String words() {
        return about + "HTTP " + code + ", " + responseId + ": " + message;
    }
}
