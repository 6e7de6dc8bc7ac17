package org.funkstille.evidence;

import org.funkstille.core.evidence.EvidenceEvent;

/** What a decoder makes of one message. Decoders never throw, whatever the message holds. */
sealed interface Decoded {

    /** A whole message that says something. */
    record Seen(EvidenceEvent event) implements Decoded {}

    /** A whole message that says nothing of interest. */
    record Nothing() implements Decoded {}

    /** No such message, or one that lies about its lengths. */
    record Malformed() implements Decoded {}

    Decoded NOTHING = new Nothing();
    Decoded MALFORMED = new Malformed();

    static Decoded of(EvidenceEvent event) {
        return new Seen(event);
    }
}
