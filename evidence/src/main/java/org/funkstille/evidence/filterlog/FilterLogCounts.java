package org.funkstille.evidence.filterlog;

/**
 * What became of the lines so far. Each is counted in {@code lines} and in one of the others.
 *
 * @param lines datagrams, lines of connections, and connections that were turned away
 * @param ours logged by our rules: refused, or passed as they may
 * @param othersRules logged by rules that are not ours, such as the router's default
 * @param otherPrograms not from the filter log
 * @param malformed cut or contradictory, among them packets whose destination the router could not read
 * @param spoofed not from the router's own addresses
 * @param tooLong longer than {@value SyslogFrames#LONGEST_LINE} octets
 */
public record FilterLogCounts(
        long lines, long ours, long othersRules, long otherPrograms, long malformed, long spoofed, long tooLong) {}
