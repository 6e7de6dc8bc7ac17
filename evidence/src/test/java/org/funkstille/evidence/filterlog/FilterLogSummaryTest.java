package org.funkstille.evidence.filterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.funkstille.evidence.filterlog.FilterLogSummary.Refusals;
import org.funkstille.evidence.filterlog.SampleLines.Sample;
import org.junit.jupiter.api.Test;

class FilterLogSummaryTest {

    private static final Map<String, Meaning> OURS =
            Map.of(SampleLines.PFSENSE_TRACKER, Meaning.REFUSES, "12004", Meaning.PASSES);

    @Test
    void ours_areCountedBySourceAndDestination_andNothingElse() throws Exception {
        String log = SampleLines.ALL.stream().map(Sample::line).collect(Collectors.joining("\n")) + "\n"
                + SampleLines.TCP.line() + "\r\n"
                + SampleLines.TCP.line().replace(",block,", ",pass,") + "\n"
                + SampleLines.IGMP.line().replace(",block,", ",pass,") + "\n"
                + "Dec  5 09:53:08 pfsense sshd[7]: filterlog: " + SampleLines.OUT_OF_STATE.line() + "\n\n"
                + SampleLines.TCP.line();

        FilterLogSummary summary = summary(log);

        assertThat(summary.refusals())
                .extracting(refusals ->
                        refusals.source().getHostAddress() + " " + refusals.destination() + " " + refusals.packets())
                .containsExactly("192.168.4.158 tcp 192.168.3.201:5963 2", "192.168.3.1 icmp 192.168.3.201 1");
        // malformed: a rule that refuses and passes, one that passes and refuses, and the cut last line
        assertThat(summary.counts()).isEqualTo(new FilterLogCounts(14, 4, 6, 1, 3, 0, 0));
        assertThat(summary.unlisted()).isZero();
    }

    @Test
    void lineOfAnyLength_isReadOrSkipped_andTheNextOneIsRead() throws Exception {
        for (int length : new int[] {8_192, 8_193, 300_000, 262_144, 1_000_000}) {
            FilterLogSummary summary =
                    summary(SampleLines.TCP.line() + "\n" + "x".repeat(length) + "\n" + SampleLines.TCP.line() + "\n");

            assertThat(summary.refusals()).extracting(Refusals::packets).containsExactly(2L);
            assertThat(summary.counts().tooLong()).isEqualTo(length > 8192 ? 1 : 0);
            assertThat(summary.counts().lines()).isEqualTo(3);
        }
    }

    @Test
    void manyPairs_growTheTable_upToItsEnd() throws Exception {
        AttemptTable table = new AttemptTable(5_000);
        FilterLogLine line = new FilterLogLine();
        for (int round = 0; round < 2; round++) {
            for (int pair = 0; pair < 6_000; pair++) {
                byte[] octets = ("1,,,7,em1,match,block,in,4,0x0,,64,1,0,DF,17,udp,48,192.0.2.1,10.0." + pair / 250
                                + "." + pair % 250 + ",1,2,3")
                        .getBytes(StandardCharsets.ISO_8859_1);
                assertThat(line.read(octets, 0, octets.length)).isTrue();
                table.add(line);
            }
        }

        assertThat(table.list()).hasSize(5_000).allMatch(refusals -> refusals.packets() == 2);
        assertThat(table.uncounted()).isEqualTo(2_000);
    }

    private static FilterLogSummary summary(String log) throws IOException {
        FilterLogSummary summary = new FilterLogSummary(OURS);
        try (InputStream stream = new ByteArrayInputStream(log.getBytes(StandardCharsets.ISO_8859_1))) {
            summary.read(stream);
        }
        return summary;
    }
}
