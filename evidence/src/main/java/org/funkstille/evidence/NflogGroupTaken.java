package org.funkstille.evidence;

import java.io.IOException;

/** Another listener of the same network namespace has the NFLOG group; the kernel gives each group to one only. */
public final class NflogGroupTaken extends IOException {

    private static final long serialVersionUID = 1L;

    private final int group;

    NflogGroupTaken(int group, String holder, IOException cause) {
        super("NFLOG group " + group + " is taken by the netlink socket with port number " + holder, cause);
        this.group = group;
    }

    public int group() {
        return group;
    }
}
