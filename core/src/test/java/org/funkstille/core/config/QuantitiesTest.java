package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "90s, PT90S",
        "15m, PT15M",
        "15 m, PT15M",
        "24h, PT24H",
        "30d, PT720H",
        "999999d, PT23999976H"
    })
    void duration_asPeopleWriteIt_isRead(String text, Duration expected) {
        assertThat(Quantities.duration(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0s",
                "00m",
                "15",
                "m",
                "-5m",
                "+5m",
                "1.5h",
                "15M",
                "15min",
                "1000000d",
                "1h30m",
                " 15m",
                "15m ",
                "१५m",
                "15m\n"
            })
    void duration_whatIsNone_isNothing(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1kb, 1024", "300MB, 314572800", "2 GB, 2147483648", "2gB, 2147483648", "999999GB, 1073740750258176"})
    void bytes_asPeopleWriteThem_areRead(String text, long expected) {
        assertThat(Quantities.bytes(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0MB", "300", "300M", "-1GB", "1.5GB", "1TB", "1000000GB", "MB"})
    void bytes_whatAreNone_areNothing(String text) {
        assertThat(Quantities.bytes(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.999S, 0 s",
        "PT119S, 119 s",
        "PT2M, 2 min",
        "PT2M1S, 2 min 1 s",
        "PT119M59S, 119 min 59 s",
        "PT2H, 2 h",
        "PT2H0M59S, 2 h",
        "PT2H5M, 2 h 5 min",
        "PT47H59M, 47 h 59 min",
        "PT48H, 2 days",
        "PT720H, 30 days"
    })
    void text_duration_isForPeople(Duration duration, String expected) {
        assertThat(Quantities.text(duration)).isEqualTo(expected);
    }
}
