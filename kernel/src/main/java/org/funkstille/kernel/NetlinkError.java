package org.funkstille.kernel;

import java.io.IOException;

/** The kernel refused a netlink request, or a system call on a netlink socket failed. */
public final class NetlinkError extends IOException {

    /** Operation not permitted (errno-base.h). */
    public static final int EPERM = 1;

    /** Device or resource busy (errno-base.h). */
    public static final int EBUSY = 16;

    private static final long serialVersionUID = 1L;

    private final int errno;

    NetlinkError(String what, int errno) {
        super(Libc.failure(what, errno).getMessage());
        this.errno = errno;
    }

    /** The positive error number, as in errno.h. */
    public int errno() {
        return errno;
    }
}
