package org.funkstille.cli;

/** Exit codes; scripts rely on them. */
final class Exit {

    static final int OK = 0;
    static final int ERROR = 1;

    /** {@code plan}: there is something to change. */
    static final int CHANGES = 2;

    /** {@code verify}: not all is as wanted. */
    static final int NOT_AS_WANTED = 3;

    private Exit() {}
}
