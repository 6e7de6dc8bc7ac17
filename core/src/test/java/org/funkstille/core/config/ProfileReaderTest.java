package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileReaderTest {

    private static final Path PROFILES = Path.of("..", "profiles");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(PROFILES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void read_everyProfileOfOurs_isGoodAndNamedAsItsFile(Path file) throws IOException {
        Reading<Profile> reading = ProfileReader.read(file.toString(), Files.readString(file));

        assertThat(reading).isInstanceOf(Reading.Good.class);
        Profile profile = ((Reading.Good<Profile>) reading).value();
        assertThat(file).hasFileName(profile.model() + ".yaml");
        assertThat(profile.sources()).isNotEmpty();
    }

    @Test
    void index_ofOurProfiles_listsExactlyThem() throws IOException {
        List<String> models = files().map(file -> file.getFileName().toString().replaceFirst("\\.yaml$", ""))
                .toList();

        assertThat(Files.readAllLines(PROFILES.resolve("INDEX"))).containsExactlyInAnyOrderElementsOf(models);
        assertThat(models).contains("lumi.gateway.v3");
    }

    @Test
    void read_profile_hasExactlyItsValues() {
        assertThat(ProfileReader.read("x", """
                        model: a.lamp-1
                        title: A lamp
                        answer: drop
                        echo: on
                        phones-home: [cloud.example udp 1]
                        advice: [Do not., Or do.]
                        sources: [a book]
                        """))
                .isEqualTo(new Reading.Good<>(new Profile(
                        "a.lamp-1",
                        "A lamp",
                        Answer.DROP,
                        true,
                        List.of("cloud.example udp 1"),
                        List.of("Do not.", "Or do."),
                        List.of("a book"))));
    }

    @Test
    void read_littleProfile_hasDefaults() {
        assertThat(ProfileReader.read("x", "{model: a, title: A, answer: reject, sources: [b]}"))
                .isEqualTo(new Reading.Good<>(
                        new Profile("a", "A", Answer.REJECT, false, List.of(), List.of(), List.of("b"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title: A                              | x:1:1: a device model needs the key \"model\" (the vendor's model id)",
                "model: a, title: A, anser: drop       | x:1:22: unknown key \"anser\"; expected one of model, title, answer, echo, phones-home, advice, sources; did you mean \"answer\"?",
                "answer: ignore                        | x:1:10: \"ignore\" is not known; expected one of reject, drop",
                "echo: perhaps                         | x:1:8: \"perhaps\" is not what belongs here; expected true or false",
                "phones-home: everywhere               | x:1:15: \"everywhere\" is not what belongs here; expected a list",
                "model: ../../x                        | x:1:9: \"../../x\" is not what belongs here; expected a name of letters, digits, hyphens and dots",
                "'advice: [\"\\e[31m\"]'                | x:1:11: \"?[31m\" is not what belongs here; expected a line of text"
            })
    void read_faultyProfile_isTold(String keys, String expected) {
        Reading<Profile> reading = ProfileReader.read("x", "{" + keys.strip() + "}");

        assertThat(reading).isInstanceOf(Reading.Bad.class);
        assertThat(((Reading.Bad<Profile>) reading).faults())
                .extracting(Fault::toString)
                .contains(expected);
    }

    @Test
    void read_severalFaults_areInTheOrderOfTheFile() {
        Reading<Profile> reading = ProfileReader.read("x", "{zebra: 1, answer: x, apple: 2}");

        assertThat(((Reading.Bad<Profile>) reading).faults())
                .extracting(Fault::column)
                .isSorted();
    }

    @Test
    void read_emptyProfile_isTold() {
        assertThat(((Reading.Bad<Profile>) ProfileReader.read("x", "")).faults())
                .extracting(Fault::toString)
                .containsExactly("x:1:1: the file is empty");
    }
}
