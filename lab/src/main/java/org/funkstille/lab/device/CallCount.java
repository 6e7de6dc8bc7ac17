package org.funkstille.lab.device;

/**
 * A device's own view of its calls to the cloud.
 *
 * @param attempts questions, packets and connections that it began
 * @param answers those that something came back for
 */
public record CallCount(long attempts, long answers) {}
