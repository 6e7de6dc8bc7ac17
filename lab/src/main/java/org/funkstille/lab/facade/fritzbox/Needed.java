package org.funkstille.lab.facade.fritzbox;

/** Who may call an action (AVM, "TR-064 First Steps", version 59, 6.1). */
enum Needed {
    /** Everybody, without a login. */
    NOTHING,
    /** Any user: "C or A or P or N or H". */
    LOGIN,
    /** "C or A or P". */
    PHONE,
    /** "C or A". */
    APPLICATIONS,
    /** "FRITZ!Box Einstellungen": "C". */
    SETTINGS;

    /** @param settings true for a user who has that right; others here have the one for the phone */
    boolean metBy(boolean settings) {
        return switch (this) {
            case NOTHING, LOGIN, PHONE -> true;
            case APPLICATIONS, SETTINGS -> settings;
        };
    }
}
