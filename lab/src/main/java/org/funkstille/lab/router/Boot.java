package org.funkstille.lab.router;

import java.util.List;

/**
 * What a boot of the router did before its interfaces came up.
 *
 * @param commands in the order they ran
 */
public record Boot(List<Step> commands) {

    public Boot {
        commands = List.copyOf(commands);
    }

    /**
     * A command of a boot unit.
     *
     * @param exit its exit code, or -1 where it could not be started
     * @param messages what it said
     */
    public record Step(String unit, List<String> argv, int exit, String messages) {

        public boolean ok() {
            return exit == 0;
        }
    }

    /** True where every command succeeded, and also where there was none. */
    public boolean ok() {
        return commands.stream().allMatch(Step::ok);
    }
}
