package org.funkstille.evidence.filterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyslogFramesTest {

    private static final String TOO_LONG = "(too long)";

    private final List<String> seen = new ArrayList<>();
    private final SyslogFrames frames = new SyslogFrames(new SyslogFrames.Lines() {
        @Override
        public void line(byte[] octets, int from, int to) {
            seen.add(new String(octets, from, to - from, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void tooLong() {
            seen.add(TOO_LONG);
        }
    });

    @Test
    void bothFramings_inTurns_inPiecesOfAnySize() {
        String stream = "<134>one, ended\n11 <134>counted<134>two\r\n\n7 <1>a\nb2024-05-13 digits\n3 <1>10,,,bare\n";
        for (int size = 1; size <= stream.length(); size++) {
            seen.clear();
            for (int from = 0; from < stream.length(); from += size) {
                take(stream.substring(from, Math.min(stream.length(), from + size)));
            }

            assertThat(seen)
                    .containsExactly(
                            "<134>one, ended",
                            "<134>counte",
                            "d<134>two",
                            "<1>a\nb2",
                            "024-05-13 digits",
                            "<1>",
                            "10,,,bare");
            assertThat(frames.isAmidLine()).isFalse();
        }
    }

    @Test
    void lineThatIsTooLong_isSkipped_andTheNextIsTaken() {
        take("<134>" + "x".repeat(8188) + "\n<134>next\n");
        take("8193 " + "y".repeat(8193) + "<134>after\n");
        take("9999999 ");
        assertThat(frames.isAmidLine()).isTrue();
        take("z".repeat(9_999_999) + "<134>" + "x".repeat(8187) + "\n");

        assertThat(seen)
                .containsExactly(TOO_LONG, "<134>next", TOO_LONG, "<134>after", TOO_LONG, "<134>" + "x".repeat(8187));
    }

    @Test
    void noise_neverThrows_andIsBounded() {
        Random random = new Random(20261125);
        byte[] noise = new byte[1000];
        for (int count = 0; count < 2_000; count++) {
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (byte) (random.nextInt(4) > 0 ? "0123456789 \n<>".charAt(random.nextInt(14)) : at);
            }
            frames.take(noise, 0, noise.length);
        }

        assertThat(seen).isNotEmpty().allMatch(line -> line.length() <= SyslogFrames.LONGEST_LINE);
    }

    private void take(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        frames.take(octets, 0, octets.length);
    }
}
