package org.funkstille.proof.prover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.Format;
import org.funkstille.proof.read.ReadingException;
import org.funkstille.proof.read.RuleSetReading;
import org.funkstille.proof.read.SourceText;
import org.funkstille.proof.read.Surroundings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule sets as real routers generate them, with the right answers; see the samples' own README. */
class SamplesTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    /** Beside the checkout, or where the property {@code funkstille.samples} says. */
    private static Optional<Path> folder() {
        String named = System.getProperty("funkstille.samples", "");
        Stream<Path> places = named.isEmpty()
                ? Stream.iterate(Path.of("").toAbsolutePath(), place -> place != null, Path::getParent)
                        .map(place -> place.resolve("shared/samples"))
                : Stream.of(Path.of(named));
        return places.filter(Files::isDirectory).findFirst();
    }

    static List<String> samples() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return List.of("none");
        }
        try (Stream<Path> files = Files.walk(folder.get(), 3)) {
            return files.filter(file -> file.getFileName().toString().equals("expect"))
                    .map(file -> folder.get().relativize(file.getParent()).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void prove_realRuleSet_givesTheRightAnswerInBothReadings(String sample) {
        assumeTrue(folder().isPresent(), "no samples beside this checkout");
        Path folder = folder().orElseThrow().resolve(sample);

        Answer byDefault = prove(folder, false);
        Answer strict = prove(folder, true);

        check(folder.resolve("expect"), byDefault);
        check(folder.resolve("expect-strict"), strict);
    }

    private static void check(Path expected, Answer answer) {
        String right = read(expected).strip();
        String said = switch (answer.standing()) {
            case AS_WANTED -> "silent";
            case LEAKING -> "leaking";
            case UNPROVEN -> "unproven";
        };
        if (right.equals("unsure")) {
            assertThat(said).as(expected + ": " + answer).isNotEqualTo("leaking");
        } else {
            assertThat(said).as(expected + ": " + answer).isEqualTo(right);
        }
    }

    private static Answer prove(Path folder, boolean strict) {
        Reading<Home> reading = HomeReader.read(
                "home.yaml", read(folder.resolve("home.yaml")), new Profiles(List.of(), _ -> Optional.empty()));
        Home home = switch (reading) {
            case Reading.Good<Home>(Home good) -> good;
            case Reading.Bad<Home>(var faults) -> fail("home.yaml: " + faults);
        };
        Device device = home.devices().getFirst();
        List<SourceText> rules = new ArrayList<>();
        rules.add(text(folder, "rules"));
        if (Files.exists(folder.resolve("rules6"))) {
            rules.add(text(folder, "rules6"));
        }
        Surroundings surroundings = new Surroundings(
                House.of(home),
                AT,
                Optional.empty(),
                optional(folder, "tables.txt"),
                optional(folder, "ipset.txt"),
                optional(folder, "sysctl.txt"));
        Format format = Format.of(read(folder.resolve("format")).strip()).orElseThrow();
        try {
            RuleSetReading read = format.reader().read(rules, surroundings);
            Subject subject = Subject.of(home, device, List.of()).orElseThrow();
            return new Prover(read, AT, new Prover.Rigour(strict, true)).prove(subject);
        } catch (ReadingException e) {
            return fail(folder + ": " + e.getMessage());
        }
    }

    private static List<SourceText> optional(Path folder, String name) {
        return Files.exists(folder.resolve(name)) ? List.of(text(folder, name)) : List.of();
    }

    private static SourceText text(Path folder, String name) {
        return new SourceText(name, read(folder.resolve(name)));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
