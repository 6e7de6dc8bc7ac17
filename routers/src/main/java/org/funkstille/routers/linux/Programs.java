package org.funkstille.routers.linux;

import org.funkstille.kernel.Command;
import org.funkstille.routers.RouterException;

/** Tells apart why a program on the router failed. */
final class Programs {

    /** What a shell, nsenter and env answer where there is no such program. */
    private static final int NOT_FOUND = 127;

    private Programs() {}

    /** @return the result, where the program could be run at all and was allowed to do its work */
    static Command.Result require(Command.Result result, String program, String packageName) throws RouterException {
        if (result.exit() == NOT_FOUND || result.err().contains(program + ": No such file or directory")) {
            throw new RouterException.ToolMissing(program, packageName);
        }
        if (!result.ok() && result.err().contains("Operation not permitted")) {
            throw new RouterException.NotPermitted(
                    program + " may not do this: run Funkstille as root (or with CAP_NET_ADMIN) on the router");
        }
        return result;
    }
}
