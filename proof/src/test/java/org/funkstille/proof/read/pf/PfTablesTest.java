package org.funkstille.proof.read.pf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.funkstille.proof.read.pf.Reading.tcp;
import static org.funkstille.proof.read.pf.Walk.Verdict.BLOCKED;
import static org.funkstille.proof.read.pf.Walk.Verdict.PASSED;
import static org.funkstille.proof.read.pf.Walk.Verdict.UNKNOWN;

import java.util.List;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.read.ReadingException;
import org.junit.jupiter.api.Test;

class PfTablesTest {

    private static final String DEVICE = "192.168.1.50";
    private static final String CLOUD = "198.51.100.7";

    @Test
    void theMostSpecificEntryDecides_inAnyOrder() throws ReadingException {
        Reading reading = Reading.of(
                "table <t> const { 192.168.1.50, !192.168.1.48/29, 192.168.1.0/24 }", "block in from <t> to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.1.51", CLOUD))).isEqualTo(PASSED);
        assertThat(reading.in(tcp("192.168.1.60", CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.2.1", CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void theListingCounts_whateverTheRuleSetSays() throws ReadingException {
        Reading reading = Reading.withTables(
                List.of("table <t>", "   192.168.1.50", "\tCleared:     Mon Nov 23 10:00:00 2026", "table <other>"),
                "table <t> persist { 192.168.1.51 }",
                "block in from <t> to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.1.51", CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void countsThatPfctlPrintsBehindNames_areNoPartOfThem() throws ReadingException {
        Reading reading = Reading.withTables(
                List.of("table <t>", "   192.168.1.50", "   192.168.1.52"), "block drop in quick from <t:2> to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.1.51", CLOUD))).isEqualTo(PASSED);
    }

    @Test
    void aTableThatIsNotInTheListing_isEmpty_butOneFromAFileIsUnknown() throws ReadingException {
        Reading reading = Reading.withTables(
                List.of("table <other>"),
                "table <persistent> persist",
                "table <bogons> persist file \"/etc/bogons\"",
                "block in proto tcp from <persistent> to any",
                "block in proto udp from <bogons> to any");

        assertThat(reading.rules("in").getFirst().condition()).isEqualTo(Condition.NEVER);
        assertThat(reading.in(Reading.udp(DEVICE, CLOUD, 53))).isEqualTo(UNKNOWN);
    }

    @Test
    void withoutAListing_persistentTablesWithoutEntriesAreUnknown_andOthersEmptyByAssumption() throws ReadingException {
        Reading reading = Reading.of(
                "table <alias> persist",
                "table <snort2c>",
                "block in proto tcp from <alias> to any",
                "block in proto udp from <snort2c> to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(UNKNOWN);
        assertThat(reading.in(Reading.udp(DEVICE, CLOUD, 53))).isEqualTo(PASSED);
        assertThat(reading.reading().rules().assumptions())
                .containsExactly("the table <snort2c> is taken as empty: it is defined without content");
    }

    @Test
    void rulesAsPfctlPrintsThem_tellNothingOfTheirTables() throws ReadingException {
        Reading reading = Reading.of("block drop in all", "pass in quick from <allowed> to any flags S/SA keep state");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(UNKNOWN);
    }

    @Test
    void aTableDefinedTwice_hasTheEntriesOfBoth() throws ReadingException {
        Reading reading = Reading.of(
                "table <t> { 192.168.1.50 }", "table <t> persist { 192.168.1.51 }", "block in from <t> to any");

        assertThat(reading.in(tcp(DEVICE, CLOUD))).isEqualTo(BLOCKED);
        assertThat(reading.in(tcp("192.168.1.51", CLOUD))).isEqualTo(BLOCKED);
    }

    @Test
    void aListingThatIsNone_isRefusedWithItsLine() {
        assertThatThrownBy(() -> Reading.withTables(List.of("table <t>", "  10.0.0.0/33"), "pass"))
                .isInstanceOf(ReadingException.class)
                .hasMessageStartingWith("tables.txt:2:1: ");
        assertThatThrownBy(() -> Reading.withTables(List.of("10.0.0.1"), "pass"))
                .isInstanceOf(ReadingException.class)
                .hasMessageStartingWith("tables.txt:1:1: ");
    }
}
