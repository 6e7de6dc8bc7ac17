package org.funkstille.core.verdict;

/** What is true of a device at a moment. */
public enum Status {
    /** Nothing of it leaves the house. */
    SILENT("silent"),
    /** It may go out for a while, because its owner opened a window. */
    WINDOW_OPEN("window open"),
    /** Something of it leaves the house although nothing should. */
    LEAKING("leaking"),
    /** Not known; the verdict names what is missing. */
    UNPROVEN("unproven"),
    /** Its policy lets it out; only other networks of the house are closed to it. */
    ONLINE("online"),
    /** Only the destinations that its policy names are open, as far as is known. */
    ALLOW_LIST("allow-list");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    /** As the command line and its JSON have it. */
    public String word() {
        return word;
    }

    /** True where the device is as its owner wants it. */
    public boolean asWanted() {
        return switch (this) {
            case SILENT, WINDOW_OPEN, ONLINE, ALLOW_LIST -> true;
            case LEAKING, UNPROVEN -> false;
        };
    }
}
