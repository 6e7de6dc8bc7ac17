package org.funkstille.proof.read.nft;

/** The text is not what nft prints; becomes a {@link org.funkstille.proof.read.ReadingException} with its place. */
final class Malformed extends RuntimeException {

    private final int at;

    /** @param at the index of the character where it shows */
    Malformed(int at, String problem) {
        super(problem);
        this.at = at;
    }

    int at() {
        return at;
    }
}
