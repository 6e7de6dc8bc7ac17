package org.funkstille.routers;

import java.util.List;

/** A router could not be read or changed. The message says what, where and what to do. */
public abstract sealed class RouterException extends Exception {

    private static final long serialVersionUID = 1L;

    private RouterException(String message) {
        super(message);
    }

    private RouterException(String message, Throwable cause) {
        super(message, cause);
    }

    /** We could not get at it: no such namespace, no connection, not allowed in. */
    public static final class Unreachable extends RouterException {

        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unreachable(String message) {
            super(message);
        }
    }

    /** We may not do this: the message says what we lack, root, a login or a privilege. */
    public static final class NotPermitted extends RouterException {

        private static final long serialVersionUID = 1L;

        public NotPermitted(String message) {
            super(message);
        }
    }

    /** A program that the router needs is not there. */
    public static final class ToolMissing extends RouterException {

        private static final long serialVersionUID = 1L;

        public ToolMissing(String tool, String packageName) {
            super("the router has no program \"" + tool + "\"; install it (on Debian: apt-get install " + packageName
                    + ")");
        }
    }

    /** It does not show the certificate that it showed before. Nothing was sent to it. */
    public static final class CertificateChanged extends RouterException {

        private static final long serialVersionUID = 1L;

        public CertificateChanged(String message) {
            super(message);
        }
    }

    /** The router said no. Nothing was changed by the step that failed. */
    public static final class Refused extends RouterException {

        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    /** The router said yes, and what is in force is something else. */
    public static final class ReadBackDiffers extends RouterException {

        private static final long serialVersionUID = 1L;

        public ReadBackDiffers(List<String> differences) {
            super("the router took the change and did not do it: " + String.join("; ", differences));
        }
    }
}
