package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProveCommandTest {

    private static final String HOME = """
            networks:
              - {name: lan, interface: lan0, address: 192.168.1.0/24}
              - {name: internet, interface: wan0}
            devices:
              - {name: gateway, mac: "02:00:00:00:0b:01", address: 192.168.1.50, network: lan, policy: silent}
            routers:
              - {name: home, type: linux}
            """;

    private static final String BLOCK = "-A FORWARD -m mac --mac-source 02:00:00:00:0b:01 -o wan0 -j DROP";

    private static final String ALLOW = "-A FORWARD -i lan0 -o wan0 -j ACCEPT";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void home() throws IOException {
        Files.writeString(folder.resolve("home.yaml"), HOME);
        Files.writeString(folder.resolve("sysctl"), "net.ipv6.conf.all.disable_ipv6 = 1\n");
    }

    private Run prove(List<String> rules, String... more) throws IOException {
        String text = "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n"
                + String.join("\n", rules) + "\nCOMMIT\n";
        Files.writeString(folder.resolve("rules"), text);
        List<String> arguments = new ArrayList<>(List.of(
                "prove",
                "--rules",
                folder.resolve("rules").toString(),
                "--format",
                "iptables-save",
                "--home",
                folder.resolve("home.yaml").toString(),
                "--sysctl",
                folder.resolve("sysctl").toString()));
        arguments.addAll(Arrays.asList(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void prove_blockBeforeTheAccept_isSilentWithItsStrengthAndExitCodeZero() throws IOException {
        Run run = prove(List.of(BLOCK, ALLOW), "--json");

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("\"status\":\"silent\"", "\"grade\":\"proved\"", "\"strength\":\"mac\"", "\"rules\":2");
    }

    @Test
    void prove_blockBehindTheAccept_showsThePacketTheRuleThePathAndWhatToDo() throws IOException {
        Run run = prove(List.of(ALLOW, BLOCK), "--json");

        assertThat(run.exit()).isEqualTo(Exit.NOT_AS_WANTED);
        assertThat(run.out())
                .contains(
                        "\"status\":\"leaking\"",
                        "\"source\":\"192.168.1.50\"",
                        "\"inInterface\":\"lan0\"",
                        "\"outInterface\":\"wan0\"",
                        "\"rule\":\"" + ALLOW + "\"",
                        "\"path\":[\"filter FORWARD\"]",
                        "put the rule «" + BLOCK + "» before «" + ALLOW + "»");
    }

    @Test
    void prove_matchNotUnderstood_isUnprovenAndSaysWhatItWouldBeEitherWay() throws IOException {
        Run run = prove(List.of("-A FORWARD -m moonphase --full -j ACCEPT", BLOCK, ALLOW), "--json");

        assertThat(run.exit()).isEqualTo(Exit.NOT_AS_WANTED);
        assertThat(run.out())
                .contains("\"status\":\"unproven\"", "moonphase", "if it holds: leaking", "if not: silent");
    }

    @Test
    void prove_ruleWithADate_isLookedAtForTheMomentAskedFor() throws IOException {
        String window = "-A FORWARD -m mac --mac-source 02:00:00:00:0b:01 -m time"
                + " --datestop 2026-11-23T12:00:00 -j ACCEPT";

        Run open = prove(List.of(window, BLOCK, ALLOW), "--json", "--at", "2026-11-23T11:00:00Z");
        Run closed = prove(List.of(window, BLOCK, ALLOW), "--json", "--at", "2026-11-23T13:00:00Z");

        assertThat(open.out()).contains("\"status\":\"leaking\"", "\"holdsUntil\":\"2026-11-23T12:00:0");
        assertThat(closed.out()).contains("\"status\":\"silent\"").doesNotContain("holdsUntil");
    }

    @Test
    void prove_otherRuleSetBeside_tellsWhatItLetsOut() throws IOException {
        Files.writeString(
                folder.resolve("other"),
                "*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n" + ALLOW + "\nCOMMIT\n");

        Run run = prove(
                List.of(BLOCK, ALLOW), "--compare", folder.resolve("other").toString());

        assertThat(run.out()).contains("only the second lets out: ").doesNotContain("only the first");
    }

    @Test
    void prove_ruleBehindOneThatTakesAll_isNamedAsShadowed() throws IOException {
        Run run = prove(List.of(BLOCK, "-A FORWARD -j ACCEPT", ALLOW), "--shadowed", "--json");

        assertThat(run.out()).contains("\"shadowed\":[{\"chain\":\"filter FORWARD\",\"rule\":\"" + ALLOW + "\"");
    }

    @Test
    void prove_smt_writesAQuestionForSolvers() throws IOException {
        Path questions = folder.resolve("questions.smt2");

        prove(List.of(BLOCK, ALLOW), "--smt", questions.toString());

        assertThat(Files.readString(questions)).contains("(set-logic QF_BV)", "(check-sat)", BLOCK);
    }

    @Test
    void prove_fileThatIsCutOff_saysWhereAndTellsNoVerdict() throws IOException {
        Files.writeString(folder.resolve("cut"), "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -j");

        Run run = Run.of(
                "prove",
                "--json",
                "--rules",
                folder.resolve("cut").toString(),
                "--format",
                "iptables-save",
                "--home",
                folder.resolve("home.yaml").toString());

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out()).contains("cut:3:").doesNotContain("verdicts");
    }

    @Test
    void prove_homeWithoutAWayToTheInternet_isAnErrorAndNotSilent() throws IOException {
        Files.writeString(
                folder.resolve("home.yaml"), HOME.replace("interface: wan0}", "interface: wan0, address: 10.0.0.0/8}"));

        Run run = prove(List.of(ALLOW), "--json");

        assertThat(run.exit()).isEqualTo(Exit.ERROR);
        assertThat(run.out()).contains("no network leads to the internet").doesNotContain("silent");
    }

    @Test
    void prove_formatOrMomentThatIsNone_saysWhatIsOne() throws IOException {
        assertThat(prove(List.of(ALLOW), "--at", "tomorrow").err()).contains("--at tomorrow", "2026-11-23T12:00:00Z");
        assertThat(Run.of(
                                "prove",
                                "--rules",
                                "x",
                                "--format",
                                "ufw",
                                "--home",
                                folder.resolve("home.yaml").toString())
                        .err())
                .contains("nft-json, iptables-save or pf");
    }
}
