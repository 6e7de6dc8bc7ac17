package org.funkstille.discovery.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void of_whatTerminalsObey_isHarmless() {
        assertThat(PlainText.of("a\u001b[31m\r\nb\u0085\u2028\u202eé\0", 80)).isEqualTo("a?[31m??b?????");
    }

    @Test
    void of_whatIsTooLong_isCutAndShowsIt() {
        assertThat(PlainText.of("x".repeat(10_000), 10)).isEqualTo("xxxxxxx...");
        assertThat(PlainText.of("x".repeat(10), 10)).isEqualTo("xxxxxxxxxx");
    }
}
