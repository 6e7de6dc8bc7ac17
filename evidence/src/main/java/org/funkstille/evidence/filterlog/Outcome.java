package org.funkstille.evidence.filterlog;

/** What a line turned out to be. */
enum Outcome {
    /** One of our rules refused a packet. */
    REFUSED(0),
    /** One of our rules let a packet pass, as it should. */
    PASSED(1),
    OTHERS_RULE(2),
    OTHER_PROGRAM(3),
    MALFORMED(4),
    SPOOFED(5),
    TOO_LONG(6);

    static final int PLACES = 7;

    private final int place;

    Outcome(int place) {
        this.place = place;
    }

    /** Where it is counted, below {@link #PLACES}. */
    int place() {
        return place;
    }
}
