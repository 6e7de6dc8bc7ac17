package org.funkstille.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before its name or after. */
final class GlobalOptions {

    @Option(
            names = {"-c", "--config"},
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "the configuration (default: ./funkstille.yaml, then /etc/funkstille/funkstille.yaml)")
    Optional<Path> config = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "one JSON document on standard output, nothing else there")
    boolean json;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours")
    boolean noColor;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "show this help")
    boolean help;
}
