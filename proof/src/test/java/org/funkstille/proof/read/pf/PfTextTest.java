package org.funkstille.proof.read.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.proof.read.pf.Reading.tcp;
import static org.funkstille.proof.read.pf.Reading.udp;
import static org.funkstille.proof.read.pf.Walk.Verdict.BLOCKED;
import static org.funkstille.proof.read.pf.Walk.Verdict.PASSED;

import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Rule;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.read.ReadingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Macros, lines, comments, labels, and texts that are no rule set. */
class PfTextTest {

    private static final String DEVICE = "192.168.1.50";
    private static final String CLOUD = "198.51.100.7";

    @Test
    void macros_takeThePlaceOfTheirUse_wordsIncluded() throws ReadingException {
        Reading reading = Reading.of(
                "lan = \"em1\"",
                "hosts = \"{ 192.168.1.50, 192.168.1.51 }\"",
                "ports\t= \"{ 80 443 }\"",
                "table <cloud> { 198.51.100.0/24 }",
                "cloud = \"<cloud>\"",
                "gateway = \" route-to ( em0 203.0.113.1 ) \"",
                "both = \"{ $hosts 192.168.1.60 }\"",
                "block all",
                "pass in on $lan $gateway inet proto tcp from $both to $cloud port $ports",
                "block in proto tcp from 192.168.1.51 to !$cloud",
                "block in from ! ($lan:network)");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("192.168.1.60", CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("192.168.1.61", CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp(DEVICE, "203.0.113.9"))).isEqualTo(BLOCKED);
    }

    @Test
    void aMacroCountsFromItsDefinitionOn() throws ReadingException {
        Reading reading =
                Reading.of("p = 80", "block in proto tcp to port $p", "p = 443", "pass in proto tcp to port $p");

        assertThat(reading.in(tcp(DEVICE, CLOUD).with(Field.DESTINATION_PORT, 80)))
                .isEqualTo(BLOCKED);
        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void aBackslashJoinsLines_inACommentToo() throws ReadingException {
        assertThat(Reading.of("block in \\", "  proto tcp").in(udp(DEVICE, CLOUD, 53)))
                .isEqualTo(PASSED);
        assertThat(Reading.of("# the next line is part of this comment \\", "block in")
                        .in(tcp(DEVICE, CLOUD)))
                .isEqualTo(PASSED);
        assertThat(Reading.of("# this one is not", "block in").in(tcp(DEVICE, CLOUD)))
                .isEqualTo(BLOCKED);
    }

    @Test
    void aListMayGoOverLines_withComments() throws ReadingException {
        Reading reading = Reading.of("block in from {", "  192.168.1.49 # one", "  192.168.1.50,", "}");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void aRuleIsShownAsWritten_withItsCommentOrLabelAsRemark() throws ReadingException {
        Reading reading = Reading.of(
                "lan = em1",
                "block in quick on $lan label \"2793829e-8c4d-4d94-ba23-843050446dc1\" # no cloud",
                "pass in on $lan label \"USER_RULE: mine\" label \"id:17\"");

        assertThat(reading.rules("in"))
                .extracting(Rule::source)
                .containsExactly(
                        new Source(
                                "rules:2",
                                "block in quick on $lan label \"2793829e-8c4d-4d94-ba23-843050446dc1\" # no cloud",
                                "no cloud"),
                        new Source(
                                "rules:3",
                                "pass in on $lan label \"USER_RULE: mine\" label \"id:17\"",
                                "USER_RULE: mine"));
    }

    @Test
    void opnsense_rulesOfTheSystem_haveADigestAndAnEarlySection() throws ReadingException {
        String digest = "label \"02f4bab031b57d1e30553ce08e0ec131\"";
        Reading reading = Reading.of(
                "pass in proto tcp " + digest,
                "# [prio: 1]",
                "pass in proto udp " + digest + " # let in",
                "pass in proto tcp " + digest + " # anti-lockout rule",
                "pass in proto tcp label \"2793829e-8c4d-4d94-ba23-843050446dc1\" # anti-lockout rule",
                "# [prio: 400000]",
                "pass in proto udp " + digest + " # of the owner, old style");

        assertThat(reading.rules("in"))
                .extracting(Rule::origin)
                .containsExactly(
                        Rule.Origin.OWNER,
                        Rule.Origin.SYSTEM,
                        Rule.Origin.ADMINISTRATION,
                        Rule.Origin.OWNER,
                        Rule.Origin.OWNER);
    }

    @Test
    void pfsense_rulesOfTheSystem_standBeforeTheMark() throws ReadingException {
        Reading marked = Reading.of(
                "pass in label \"pass IPv6 loopback\"",
                "pass in label \"anti-lockout rule\"",
                "pass in label \"USER_RULE: floating\"",
                "# User-defined rules follow",
                "pass in label \"anti-lockout rule\"");
        Reading printed = Reading.of("pass in", "anchor \"userrules/*\" all", "pass in");
        Reading bare = Reading.of("pass in label \"anti-lockout rule\"");

        assertThat(marked.rules("in"))
                .extracting(Rule::origin)
                .containsExactly(Rule.Origin.SYSTEM, Rule.Origin.ADMINISTRATION, Rule.Origin.OWNER, Rule.Origin.OWNER);
        assertThat(printed.rules("in")).extracting(Rule::origin).containsExactly(Rule.Origin.SYSTEM, Rule.Origin.OWNER);
        assertThat(bare.only("in").origin()).isEqualTo(Rule.Origin.OWNER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pass in on $lan                | rules:1:12 | the macro $lan is not defined",
                "pass in label \"x              | rules:1:15 | the quotation does not end",
                "a = \"$a\";pass in on $a       | rules:2:12 | the macro $a refers to itself, or macros nest too deep",
                "block in from { 1.2.3.4        | rules:2:1  | expected an address and not the end of the line",
                "table <x> { 1.2.3.4            | rules:2:1  | expected an address and not the end of the line",
                "table <x                       | rules:1:9  | expected > and not the end of the line",
                "pass in proto tcp to port 70000 | rules:1:27 | 70000 is no port",
                "*filter                        | rules:1:1  | *filter begins no line of pf",
                "pass in;}                      | rules:2:1  | a } without a {",
                "anchor \"a\" {;pass in         | rules:3:1  | expected } and not the end of the line",
            })
    void whatIsNoRuleSet_isRefusedWithItsPlace(String text, String place, String problem) {
        assertThatThrownBy(() -> Reading.of(text.replace(";", "\n")))
                .isInstanceOfSatisfying(ReadingException.class, refused -> {
                    assertThat(refused.place()).isEqualTo(place);
                    assertThat(refused).hasMessage(place + ": " + problem);
                });
    }

    @Test
    void deepBraces_areRefused() {
        assertThatThrownBy(() -> Reading.of("block in from " + "{".repeat(100_000)))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("nest deeper");
        assertThatThrownBy(() -> Reading.of("anchor {\n".repeat(100_000)))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("nest deeper");
        assertThatThrownBy(() -> Reading.of("set limit " + "{".repeat(100_000)))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("is not closed");
    }

    @Test
    void macrosThatExplode_areRefused() {
        StringBuilder text = new StringBuilder("m0 = \"192.168.1.1 192.168.1.2\"\n");
        for (int index = 1; index < 31; index++) {
            text.append("m%d = \"$m%d $m%d\"\n".formatted(index, index - 1, index - 1));
        }
        text.append("block in from { $m30 }");

        assertThatThrownBy(() -> Reading.of(text.toString()))
                .isInstanceOf(ReadingException.class)
                .hasMessageContaining("the macros come to more than");
    }

    @Test
    void longListsOnBothSides_areNotMultiplied() throws ReadingException {
        StringBuilder hosts = new StringBuilder();
        for (int index = 0; index < 60_000; index++) {
            hosts.append("10.%d.%d.1 ".formatted(index / 250, index % 250));
        }
        Reading reading = Reading.of("block in from { " + hosts + "} to { " + hosts + "}");

        assertThat(reading.rules("in")).hasSize(1);
        assertThat(reading.in(tcp("10.3.4.1", "10.7.8.1"))).isEqualTo(BLOCKED);
    }
}
