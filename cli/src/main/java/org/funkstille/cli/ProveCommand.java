package org.funkstille.cli;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Home;
import org.funkstille.proof.house.House;
import org.funkstille.proof.prover.Answer;
import org.funkstille.proof.prover.Inquiry;
import org.funkstille.proof.prover.Prover;
import org.funkstille.proof.prover.Subject;
import org.funkstille.proof.read.Format;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code funkstille prove}. */
@Command(
        name = "prove",
        description = "Prove on a saved rule set whether any packet of a device can leave. Needs no router."
                + " Exit code 0: all as wanted, 3: not, 1: error.")
final class ProveCommand extends FunkstilleCommand {

    private static final int MOST_DESTINATIONS = 50;

    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description = "the rule set; twice for iptables-save and ip6tables-save")
    private List<Path> rules = List.of();

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "nft-json, iptables-save or pf")
    private String format = "";

    @Option(names = "--home", paramLabel = "FILE", description = "networks and devices, as in funkstille.yaml")
    private Optional<Path> home = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "the moment that rules with a time are looked at for, 2026-11-23T12:00:00Z or with the router's"
                            + " zone, 2026-11-23T13:00:00+01:00 (default: now)")
    private Optional<String> at = Optional.empty();

    @Option(names = "--tables", paramLabel = "FILE", description = "pf: what tables hold")
    private List<Path> tables = List.of();

    @Option(names = "--ipset", paramLabel = "FILE", description = "iptables: ipset save")
    private List<Path> ipsets = List.of();

    @Option(names = "--sysctl", paramLabel = "FILE", description = "lines like net.ipv6.conf.all.disable_ipv6 = 1")
    private List<Path> sysctl = List.of();

    @Option(names = "--strict", description = "count residual ways as leaks")
    private boolean strict;

    @Option(
            names = "--smt",
            paramLabel = "FILE",
            description = "write the questions as SMT-LIB 2, for a solver of yours: it answers for each device and"
                    + " family, and unsat means that nothing gets out")
    private Optional<Path> smt = Optional.empty();

    @Option(names = "--shadowed", description = "also name the rules that never do anything")
    private boolean shadowed;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "also say what this other rule set lets out that the first does not, and the other way round")
    private List<Path> compare = List.of();

    @Option(names = "--destinations", description = "also list where each device can get to")
    private boolean destinations;

    @Override
    int run(Output output) throws Exception {
        Home read = HomeFile.find(home.or(() -> options().config)).read();
        Format chosen = Format.of(format)
                .orElseThrow(() -> new Failure("--format " + format + ": it is nft-json, iptables-save or pf"));
        House house = House.of(read);
        if (house.outside().isEmpty()) {
            throw new Failure("no network leads to the internet: a network without an address does,"
                    + " like {name: internet, interface: wan0}");
        }
        Moment moment = Moment.of(at);
        Surroundings surroundings = new Surroundings(
                house,
                moment.at(),
                moment.zone(),
                RuleFiles.read(tables),
                RuleFiles.read(ipsets),
                RuleFiles.read(sysctl));
        List<SourceText> texts = RuleFiles.read(rules);
        Prover.Rigour rigour = new Prover.Rigour(strict || read.strict(), read.services());
        Prover prover = new Prover(reading(chosen, texts, surroundings), moment.at(), rigour);
        Optional<Prover> other = compare.isEmpty()
                ? Optional.empty()
                : Optional.of(new Prover(reading(chosen, RuleFiles.read(compare), surroundings), moment.at(), rigour));
        List<Subject> subjects = read.devices().stream()
                .flatMap(device -> Subject.of(read, device, List.of()).stream())
                .toList();
        long began = System.nanoTime();
        List<Answer> answers = prover.prove(subjects);
        double each = (System.nanoTime() - began) / 1e6 / Math.max(1, answers.size());
        JsonArray verdicts = JsonArray.create();
        List<Proof> proofs = new ArrayList<>();
        SolverFile questions = new SolverFile();
        for (int index = 0; index < answers.size(); index++) {
            Subject subject = subjects.get(index);
            Answer answer = answers.get(index);
            Proof proof = new Proof(
                    read.devices().get(index),
                    answer,
                    answer.standing() == Answer.Standing.LEAKING ? prover.repairs(subject) : List.of(),
                    further(prover, other, subject),
                    prover.size(),
                    each);
            proofs.add(proof);
            verdicts.add(proof.document());
            proof.lines(output).forEach(output::line);
            if (smt.isPresent()) {
                questions.add(prover, subject);
            }
        }
        if (smt.isPresent()) {
            Files.writeString(smt.get(), questions.text());
        }
        JsonObject document = JsonObject.create().add("verdicts", verdicts);
        if (shadowed) {
            document.add("shadowed", shadowed(prover, output));
        }
        output.document(document);
        return proofs.stream().allMatch(Proof::asWanted) ? Exit.OK : Exit.NOT_AS_WANTED;
    }

    private Proof.Further further(Prover prover, Optional<Prover> other, Subject subject) {
        return new Proof.Further(
                other.map(second -> Inquiry.differences(prover, second, subject)),
                destinations
                        ? Optional.of(Inquiry.destinations(prover, subject, MOST_DESTINATIONS))
                        : Optional.empty());
    }

    private static JsonArray shadowed(Prover prover, Output output) {
        JsonArray array = JsonArray.create();
        Optional<List<Inquiry.Shadowed>> found = Inquiry.shadowed(prover);
        if (found.isEmpty()) {
            output.message("the rule set is too large to look for rules that never do anything");
        }
        for (Inquiry.Shadowed rule : found.orElse(List.of())) {
            JsonArray by = JsonArray.create();
            rule.by().forEach(by::add);
            array.add(JsonObject.create()
                    .add("chain", rule.chain())
                    .add("rule", rule.rule())
                    .add("by", by));
            output.line("never does anything: " + rule.chain() + ": " + rule.rule());
            rule.by().forEach(text -> output.line("    because of: " + text));
        }
        return array;
    }

    private static RuleSetReading reading(Format format, List<SourceText> texts, Surroundings surroundings) {
        try {
            return format.reader().read(texts, surroundings);
        } catch (ReadingException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    /** @param zone the router's, where the owner gave one */
    private record Moment(Instant at, Optional<ZoneId> zone) {

        static Moment of(Optional<String> text) {
            if (text.isEmpty()) {
                return new Moment(Instant.now(), Optional.empty());
            }
            try {
                ZonedDateTime time = ZonedDateTime.parse(text.get());
                return new Moment(time.toInstant(), Optional.of(time.getZone()));
            } catch (DateTimeParseException e) {
                throw new Failure(
                        "--at " + text.get() + ": not a moment; write it like 2026-11-23T12:00:00Z or"
                                + " 2026-11-23T13:00:00+01:00",
                        e);
            }
        }
    }
}
