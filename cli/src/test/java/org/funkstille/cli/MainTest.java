package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.config.HomeSchema;
import org.funkstille.core.plan.Change;
import org.funkstille.core.plan.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as scripts see it: exit codes, what stands on which stream. No router is touched. */
class MainTest {

    private static final String FAULTY = """
            routers: [{name: home, type: linx}]
            networks: []
            devices: []
            colour: blue
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void help_exitsWithOkAndNamesEveryCommand() {
        Run run = Run.of("--help");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("Usage: funkstille")
                .contains(
                        "demo",
                        "lab",
                        "init",
                        "plan",
                        "apply",
                        "verify",
                        "window",
                        "attempts",
                        "devices",
                        "routers",
                        "run",
                        "uninstall");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "lab",
                "init",
                "plan",
                "apply",
                "verify",
                "window",
                "attempts",
                "devices",
                "routers",
                "run",
                "uninstall",
                "window open",
                "window close",
                "window list",
                "window report",
                "lab up",
                "lab down",
                "lab status",
                "lab exec"
            })
    void help_ofEveryCommand_exitsWithOk(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.add("--help");

        Run run = Run.of(arguments.toArray(String[]::new));

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Usage: funkstille " + command).contains("--config", "--json", "--no-color");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "plan now",
                "plan --colour",
                "window open",
                "window open lamp",
                "window close",
                "window report one",
                "window report",
                "attempts a b",
                "verify a b",
                "run --interval soon",
                "-c"
            })
    void wrongUsage_exitsWithErrorAndLeavesStandardOutputAlone(String line) {
        Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsAnyOf("Usage: funkstille", "Did you mean", "Possible solutions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plan", "apply", "verify", "devices", "routers", "uninstall", "attempts", "run", "window list"})
    void config_missing_isToldByEveryCommand(String command) {
        Path file = folder.resolve("none.yaml");

        Run run = withConfig(file, command.split(" ", -1));

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("funkstille: " + file + ": cannot be read: there is no such file\n");
    }

    @Test
    void config_beforeOrAfterTheCommand_isTheSame() {
        String file = folder.resolve("none.yaml").toString();

        assertThat(Run.of("-c", file, "plan")).isEqualTo(Run.of("plan", "-c", file));
        assertThat(Run.of("--json", "-c", file, "window", "list"))
                .isEqualTo(Run.of("window", "list", "--json", "--config=" + file));
        assertThat(Run.of("--json", "plan", "-c", file).out()).contains("no such file");
    }

    @Test
    void config_folder_isTold() {
        Run run = withConfig(folder, "plan");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err())
                .startsWith("funkstille: " + folder + ": cannot be read: ")
                .contains("directory");
    }

    @Test
    void config_tooLarge_isToldWithoutReadingOn() throws IOException {
        Path file = write("#".repeat(5 * 1024 * 1024));

        assertThat(withConfig(file, "plan").err())
                .isEqualTo("funkstille: " + file + ":1:1: the file is larger than 4 MB, the most that a configuration"
                        + " has. Is it the right file?\n");
        assertThat(withConfig(Path.of("/dev/zero"), "plan").err()).contains("larger than 4 MB");
    }

    @Test
    void config_noText_isTold() throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), "name: gerät".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(withConfig(file, "plan").err())
                .isEqualTo("funkstille: " + file + ":1:1: the file is not text in UTF-8\n");
    }

    @Test
    void config_faulty_isToldWithAllItsFaultsOnStandardError() throws IOException {
        Path file = write(FAULTY);

        Run run = withConfig(file, "plan");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "funkstille: " + file + ":1:30: \"linx\" is not known; expected one of linux, pfsense,"
                                + " opnsense, fritzbox, openwrt, ipfire, mikrotik, unifi; did you mean \"linux\"?",
                        file + ":4:1: unknown key \"colour\"; expected one of routers, networks, devices, journal,"
                                + " strict",
                        "Nothing was touched.");
    }

    @Test
    void config_faultyWithJson_isOneDocument() throws IOException {
        Run run = withConfig(write(FAULTY), "plan", "--json");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(error(run)).contains(":1:30: ", ":4:1: ", "Nothing was touched.");
        assertThat(run.err()).contains(":1:30: ", ":4:1: ");
    }

    @Test
    void config_secretInTheClear_isNotRepeatedAnywhere() throws IOException {
        Path file = write("routers: [{name: a, type: linux, password: hunter2}]\nnetworks: []\ndevices: []\n");

        Run run = withConfig(file, "plan", "--json");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out() + run.err()).contains("secret stands in the clear").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "apply", "apply --yes", "verify", "devices", "routers", "uninstall"})
    void router_thatIsNotThere_isToldAsOneDocument(String command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.add("--json");

        Run run = withConfig(home("linux"), arguments.toArray(String[]::new));

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(error(run)).contains("funkstille-test-no-such-router");
        assertThat(run.err()).contains("funkstille-test-no-such-router").doesNotContain("unexpected", "\tat ");
    }

    @Test
    void router_ofAnotherSystem_isToldClearly() throws IOException {
        Run run = withConfig(home("mikrotik"), "plan");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err())
                .isEqualTo("funkstille: router home: this version of Funkstille has no driver for mikrotik" + " yet\n");
    }

    @Test
    void router_several_isToldClearly() throws IOException {
        Path file = write("""
                routers: [{name: a, type: linux}, {name: b, type: linux}]
                networks: []
                devices: []
                """);

        Run run = withConfig(file, "plan");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err())
                .isEqualTo("funkstille: " + file + ": 2 routers are named; this version of Funkstille drives one\n");
    }

    @Test
    void device_unknown_isTold() throws IOException {
        Path file = home("linux");

        Run run = withConfig(file, "attempts", "lmap");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err()).isEqualTo("funkstille: there is no device \"lmap\" in " + file + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0m", "15", "-5m", "1h30m", ""})
    void duration_bad_isToldBeforeAnythingElse(String duration) {
        Run window = withConfig(folder.resolve("none.yaml"), "window", "open", "lamp", "--for=" + duration);
        Run attempts = withConfig(folder.resolve("none.yaml"), "attempts", "--since=" + duration);

        assertThat(window.exit()).isEqualTo(Exit.ERROR);
        assertThat(window.err())
                .isEqualTo("funkstille: \"" + duration + "\" is not a duration; write 90s, 15m or 2h\n");
        assertThat(attempts.exit()).isEqualTo(Exit.ERROR);
        assertThat(attempts.err())
                .isEqualTo("funkstille: \"" + duration + "\" is not a duration; write 90s, 15m, 2h or 7d\n");
    }

    @Test
    void attempts_followWithJson_isRefused() throws IOException {
        Run run = withConfig(home("linux"), "attempts", "--follow", "--json");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(error(run)).isEqualTo("--follow has no end and --json prints one document; leave one of them out");
    }

    @Test
    void run_withJson_isRefused() throws IOException {
        Run run = withConfig(home("linux"), "run", "--json");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(error(run)).contains("run has no end");
    }

    @Test
    void demo_withoutDriverOrEnd_isRefusedBeforeAnythingIsBuilt() {
        assertThat(Run.of("demo", "--router", "toaster").err())
                .contains("plays on --router linux, pfsense, opnsense, fritzbox; not on \"toaster\"");
        assertThat(error(Run.of("demo", "--json"))).contains("say --once");
    }

    @Test
    void lab_unknownHost_isTold() {
        Run run = Run.of("lab", "exec", "fridge", "--", "true");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.err())
                .startsWith("funkstille: there is no host \"fridge\" in the lab; it has ")
                .contains("router", "gateway", "vacuum", "hub", "phone", "cloud");
    }

    @Test
    void apply_withoutYesAndWithoutTerminal_refuses() {
        Plan plan = new Plan(List.of(new Change.CloseWindow("lamp")));

        assertThatThrownBy(() -> ApplyCommand.agreed(plan, Output.of(new GlobalOptions())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("say --yes");
    }

    @Test
    void schema_printsExactlyTheSchema() {
        Run run = Run.of("schema");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo(HomeSchema.json());
        assertThat(run.err()).isEmpty();
    }

    @Test
    void find_withoutName_looksInTheUsualPlacesInTheirOrder() throws IOException {
        Path first = folder.resolve("first.yaml");
        Path second = folder.resolve("second.yaml");
        List<Path> places = List.of(first, second);

        assertThatThrownBy(() -> HomeFile.find(Optional.empty(), places))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("name one with -c FILE");
        Files.writeString(second, "");
        assertThat(HomeFile.find(Optional.empty(), places).path()).isEqualTo(second);
        Files.writeString(first, "");
        assertThat(HomeFile.find(Optional.empty(), places).path()).isEqualTo(first);
        assertThat(HomeFile.find(Optional.of(Path.of("other")), places).path()).isEqualTo(Path.of("other"));
    }

    private static Run withConfig(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-c");
        all.add(file.toString());
        return Run.of(all.toArray(String[]::new));
    }

    private static String error(Run run) {
        JsonObject document = JsonNodeMapper.builder().build().fromJsonObject(run.out());
        assertThat(document.elements().keySet()).containsExactly("error");
        return document.extract("error");
    }

    /** Its router is a network namespace that does not exist. */
    private Path home(String type) throws IOException {
        return write("""
                routers: [{name: home, type: %s, via: "netns:funkstille-test-no-such-router"}]
                networks: [{name: lan, interface: lan0, address: 192.168.1.0/24}]
                devices: [{name: lamp, mac: "02:00:00:00:00:10", network: lan, policy: silent}]
                journal: {file: %s}
                """.formatted(type, folder.resolve("journal.db")));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("funkstille.yaml"), text);
    }
}
