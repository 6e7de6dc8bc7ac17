package org.funkstille.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Reading;
import org.funkstille.core.evidence.Attempt;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.core.plan.WantedRules;
import org.funkstille.journal.Journal;
import org.funkstille.journal.Order;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.funkstille.proof.read.nft.NftReader;
import picocli.CommandLine;

/**
 * Does in a few seconds, without any rights and without touching a router, what most commands do when they start. The
 * launcher runs it once after a build, to train the cache that makes later starts quick (JEP 514).
 */
public final class Training {

    private static final String HOME = """
            routers:
              - {name: home, type: linux, via: "netns:no-such-router"}
            networks:
              - {name: lan, interface: lan0, address: 192.168.1.0/24}
              - {name: iot, interface: iot0, address: 192.168.20.0/24, address6: ["fd00:20::/64"]}
              - {name: internet, interface: wan0}
            devices:
              - name: gateway
                mac: 78:11:dc:12:34:56
                address: 192.168.20.50
                network: iot
                profile: lumi.gateway.v3
                policy: silent
                reach: [hub]
              - {name: hub, mac: "02:00:00:00:00:10", address: 192.168.1.10, network: lan, policy: online}
            """;

    /** What {@code nft -j list ruleset} prints of a few rules of the kinds that most routers have. */
    private static final String RULES = """
            {"nftables": [{"metainfo": {"json_schema_version": 1}},
            {"table": {"family": "inet", "name": "filter", "handle": 1}},
            {"map": {"family": "inet", "name": "devices", "table": "filter", "type": "ether_addr", "handle": 2,
              "map": "verdict", "elem": [["78:11:dc:12:34:56", {"drop": null}]]}},
            {"chain": {"family": "inet", "table": "filter", "name": "forward", "handle": 3, "type": "filter",
              "hook": "forward", "prio": 0, "policy": "drop"}},
            {"rule": {"family": "inet", "table": "filter", "chain": "forward", "handle": 4, "expr": [
              {"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}},
              {"accept": null}]}},
            {"rule": {"family": "inet", "table": "filter", "chain": "forward", "handle": 5, "expr": [
              {"vmap": {"key": {"payload": {"protocol": "ether", "field": "saddr"}}, "data": "@devices"}}]}},
            {"rule": {"family": "inet", "table": "filter", "chain": "forward", "handle": 6, "expr": [
              {"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": "wan0"}}, {"accept": null}]}}
            ]}
            """;

    private Training() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("funkstille-training");
        try {
            Path file = Files.writeString(folder.resolve("funkstille.yaml"), HOME);
            journal(folder.resolve("journal.db"));
            if (HomeReader.read("training", HOME, ProfileFolder.besides(file).profiles())
                    instanceof Reading.Good<Home>(Home home)) {
                WantedRules.of(home, List.of());
                proof(home);
            }
            for (String command : List.of("plan", "apply", "verify", "devices", "routers", "run")) {
                commandLine().execute(command, "-c", file.toString(), "--help");
                // Ends where the router is looked for, which does not exist.
                if (!command.equals("run")) {
                    commandLine().execute(command, "-c", file.toString(), "--json");
                }
            }
            commandLine().execute("--help");
        } finally {
            delete(folder);
        }
    }

    private static void proof(Home home) throws ReadingException {
        Instant now = Instant.now();
        RuleSetReading reading =
                new NftReader().read(List.of(new SourceText("training", RULES)), Surroundings.of(House.of(home), now));
        Prover prover = new Prover(reading, now, new Prover.Rigour(home.strict(), home.services()));
        for (Device device : home.devices()) {
            Subject.of(home, device, List.of()).ifPresent(prover::prove);
        }
    }

    private static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Main.commandLine().setOut(nowhere).setErr(nowhere);
    }

    private static void journal(Path file) {
        Clock clock = Clock.systemUTC();
        try (Journal journal = Journal.open(file, JournalSettings.DEFAULT, clock)) {
            Instant now = clock.instant();
            Endpoint endpoint = new Endpoint(Addresses.parse("192.0.2.1"), Protocol.UDP, 8053);
            journal.append(List.of(new Attempt(now, "gateway", endpoint, Optional.of("ot.io.mi.com"), 1)));
            journal.reader().attempts(now.minusSeconds(60), Optional.empty(), Order.OLDEST_FIRST, 10);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(path -> path.toFile().delete());
        }
    }
}
