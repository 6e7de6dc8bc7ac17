package org.funkstille.journal;

/** In which order a list comes, and which end of it a limit keeps. */
public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
}
