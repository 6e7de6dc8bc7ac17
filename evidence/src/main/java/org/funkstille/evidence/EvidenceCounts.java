package org.funkstille.evidence;

/**
 * What one listener has done so far.
 *
 * @param events handed on, without the losses that were told
 * @param malformed messages that could not be read and were skipped
 * @param lost events that the kernel had and could not give us
 */
public record EvidenceCounts(long events, long malformed, long lost) {}
