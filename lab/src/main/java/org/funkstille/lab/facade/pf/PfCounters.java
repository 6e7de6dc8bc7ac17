package org.funkstille.lab.facade.pf;

/**
 * What a rule has counted.
 *
 * @param evaluations packets that it was asked about
 * @param packets those it decided, and all later ones of flows that it let begin
 * @param bytes of those packets, from their IP headers on
 * @param creations flows that it let begin
 */
public record PfCounters(long evaluations, long packets, long bytes, long creations) {

    public static final PfCounters ZERO = new PfCounters(0, 0, 0, 0);
}
