package org.funkstille.routers.linux;

import java.util.List;
import java.util.Optional;
import org.funkstille.kernel.Command;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;

/** Runs nft(8) on the router. */
final class Nft {

    /** Loads a file in a network namespace that lives as long as the command, and lists what came of it. */
    private static final String TRY =
            "f=$(mktemp) && cat > \"$f\" && unshare --net sh -c 'nft -j -f \"$1\" && nft -j list table " + Table.FAMILY
                    + " " + Table.NAME + "' sh \"$f\"; r=$?; rm -f \"$f\"; exit $r";

    private final RouterConnection connection;

    Nft(RouterConnection connection) {
        this.connection = connection;
    }

    /** Our table; nothing where there is none. */
    Optional<TableState> table() throws RouterException {
        Command.Result result = run(List.of("nft", "-j", "list", "table", Table.FAMILY, Table.NAME));
        if (result.ok()) {
            return Optional.of(parse(result.out()));
        }
        if (result.err().contains("No such file or directory")) {
            return Optional.empty();
        }
        throw refused("nft list table", result);
    }

    /** Every rule of everybody, without the content of sets. */
    String ruleset() throws RouterException {
        Command.Result result = run(List.of("nft", "-j", "-t", "list", "ruleset"));
        if (!result.ok()) {
            throw refused("nft list ruleset", result);
        }
        return result.out();
    }

    /** Every rule of everybody, with the content of sets. */
    String wholeRuleset() throws RouterException {
        Command.Result result = run(List.of("nft", "-j", "list", "ruleset"));
        if (!result.ok()) {
            throw refused("nft list ruleset", result);
        }
        return result.out();
    }

    /**
     * All of it or, where the kernel refuses any of it, nothing. JSON goes to nft in a file: with JSON that it cannot read
     * on standard input, nft 1.0.6 falls back to its other parser, reads nothing, and exits with 0.
     */
    void load(List<String> commands) throws RouterException {
        Command.Result result = Programs.require(
                connection.runOnFile(List.of("nft", "-j", "-f"), NftJson.document(commands)), "nft", "nftables");
        if (!result.ok()) {
            throw refused("nft", result);
        }
    }

    /**
     * How this router's nft prints a table that was made with these commands: names that it has for numbers, defaults
     * that it adds. Nothing where it cannot be tried.
     */
    Optional<TableState> printed(List<String> commands) throws RouterException {
        Command.Result result = connection.run(List.of("sh", "-c", TRY), NftJson.document(commands));
        return result.ok() ? Optional.of(parse(result.out())) : Optional.empty();
    }

    String version() throws RouterException {
        return run(List.of("nft", "--version")).out().strip();
    }

    private Command.Result run(List<String> argv) throws RouterException {
        return Programs.require(connection.run(argv, ""), "nft", "nftables");
    }

    private static TableState parse(String json) throws RouterException {
        try {
            return TableReader.read(json);
        } catch (IllegalArgumentException unreadable) {
            throw new RouterException.Refused("what nft printed cannot be read: " + unreadable.getMessage());
        }
    }

    private static RouterException refused(String what, Command.Result result) {
        return new RouterException.Refused(what + " failed with exit code " + result.exit() + ": "
                + result.err().strip().lines().limit(3).toList());
    }
}
