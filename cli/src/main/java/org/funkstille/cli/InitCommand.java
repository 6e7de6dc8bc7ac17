package org.funkstille.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.funkstille.core.config.Fault;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.Addresses;
import org.funkstille.discovery.devices.FoundDevice;
import org.funkstille.discovery.draft.DraftNetwork;
import org.funkstille.discovery.draft.HomeDraft;
import org.funkstille.discovery.draft.RouterDetails;
import org.funkstille.discovery.routers.FoundRouter;
import org.funkstille.kernel.NetworkNamespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code funkstille init}. */
@Command(
        name = "init",
        description =
                "Find the router and the devices, and draft a funkstille.yaml. Nothing is changed on the network.")
final class InitCommand extends FunkstilleCommand {

    @Option(names = "--out", paramLabel = "FILE", description = "where to write it (default: funkstille.yaml)")
    private Path out = Path.of("funkstille.yaml");

    @Option(
            names = {"--overwrite", "--yes"},
            description = "replace the file where there is one")
    private boolean overwrite;

    @Option(names = "--gateway", paramLabel = "ADDRESS", description = "the router, if not the default gateway")
    private Optional<String> gateway = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "what it is: linux, pfsense, opnsense, fritzbox ...")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--via",
            paramLabel = "VIA",
            description = "how to get at a Linux router: local, netns:NAME or ssh://user@host")
    private Optional<String> via = Optional.empty();

    @Option(names = "--user", paramLabel = "NAME", description = "who logs in at the router")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--network",
            paramLabel = "NAME=INTERFACE,PREFIX[,FIRST-LAST]",
            description = "a network of the house with the router's interface in it, and its DHCP pool; repeatable")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--namespace", paramLabel = "NAME", description = "look from that network namespace")
    private Optional<String> namespace = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "DIRECTORY",
            description = "where a Linux router's files are, if not under /")
    private Optional<String> root = Optional.empty();

    @Override
    int run(Output output) throws Exception {
        if (!overwrite && Files.exists(out)) {
            throw new Failure(out + " is there already and was left as it is; take --overwrite to replace it, or"
                    + " another name with --out FILE");
        }
        NetworkNamespace looksFrom = namespace.map(InitCommand::named).orElseGet(NetworkNamespace::current);
        Profiles profiles = ProfileFolder.besides(out).profiles();
        InitSearch search = new InitSearch(looksFrom, wish(), profiles, System.getenv(), output);
        HomeDraft draft = search.run();
        String text = draft.text();
        check(text, profiles);
        new NewFile(out, overwrite).write(text);
        tell(draft, output);
        output.document(InitDocument.of(draft, out));
        return Exit.OK;
    }

    private InitWish wish() {
        List<DraftNetwork> known = networks.stream().map(InitWish::network).toList();
        return new InitWish(
                gateway.map(text -> Addresses.tryParse(text)
                        .orElseThrow(() -> new Failure("--gateway " + text + ": not an address"))),
                type.map(InitCommand::type),
                via.map(InitWish::via),
                known,
                new RouterDetails(
                        user.map(text -> InitWish.line("--user", text)),
                        namespace,
                        root.map(text -> InitWish.line("--root", text)),
                        Optional.empty()));
    }

    private static RouterType type(String word) {
        for (RouterType type : RouterType.values()) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new Failure("--type " + word + " is not known; take one of "
                + String.join(
                        ", ",
                        List.of(RouterType.values()).stream()
                                .map(RouterType::word)
                                .toList()));
    }

    private static NetworkNamespace named(String name) {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
                || !NetworkNamespace.named(name).exists()) {
            throw new Failure("there is no network namespace \"" + name + "\"");
        }
        return NetworkNamespace.named(name);
    }

    /** What is written must be read without faults; whatever was found, that is our part. */
    private void check(String text, Profiles profiles) throws IOException {
        Reading<Home> reading = HomeReader.read(out.toString(), text, profiles);
        if (reading instanceof Reading.Bad<Home>(List<Fault> faults)) {
            throw new Failure("the draft would be faulty and was not written: " + faults.getFirst());
        }
    }

    private void tell(HomeDraft draft, Output output) {
        for (FoundRouter router : draft.routers()) {
            output.line("router   " + router.system() + " at " + Addresses.text(router.address())
                    + (router.driven() ? "" : "  (not driven by this version)"));
            router.evidence().forEach(reason -> output.line("           " + reason));
        }
        for (FoundDevice device : draft.devices()) {
            output.line("device   %s  %-8s %s"
                    .formatted(
                            device.mac(),
                            device.confidence().word(),
                            device.model().or(device::hostName).orElse("")));
            device.evidence().forEach(reason -> output.line("           " + reason));
        }
        output.line("");
        output.line("Wrote " + out + ". Next:");
        int number = 0;
        for (String step : draft.nextSteps()) {
            output.line("  " + ++number + ". " + step);
        }
        output.line("  " + ++number + ". Look through " + out + ".");
        output.line("  " + ++number + ". funkstille plan -c " + out);
    }
}
