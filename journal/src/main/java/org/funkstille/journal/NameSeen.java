package org.funkstille.journal;

import java.net.InetAddress;
import java.time.Instant;

/** The router's resolver said that this name lives at this address. The latest of an address stays. */
public record NameSeen(Instant at, InetAddress address, String name) implements JournalEntry {}
