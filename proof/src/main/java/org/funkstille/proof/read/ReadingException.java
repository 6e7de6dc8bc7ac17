package org.funkstille.proof.read;

/** A saved rule set cannot be read. The message says what is wrong; {@link #place} says where. */
public final class ReadingException extends Exception {

    private final String place;

    /** @param place {@code FILE:LINE:COLUMN}, as exact as is known */
    public ReadingException(String place, String problem) {
        super(place + ": " + problem);
        this.place = place;
    }

    public String place() {
        return place;
    }
}
