package org.funkstille.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("silent", "allow-list", "online", "address", "hub");

    @ParameterizedTest
    @CsvSource({
        "silnt, silent",
        "silnet, silent",
        "slient, silent",
        "SILENT, ",
        "Silent, silent",
        "allowlist, allow-list",
        "allow_list, allow-list",
        "adress, address",
        "addres, address",
        "offline, online",
        "hbu, hub",
        "hu, hub",
        "hubs, hub",
        "h, ",
        "lamp, ",
        "silent, silent"
    })
    void to_word_isTheOneThatWasProbablyMeant(String word, String expected) {
        assertThat(Nearest.to(word, KNOWN).orElse(null)).isEqualTo(expected);
    }

    @Test
    void to_severalAtOneDistance_isTheFirstByAlphabet() {
        assertThat(Nearest.to("bat", List.of("hat", "cat", "rat"))).contains("cat");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 101, 1_000_000})
    void to_oddLengths_isNothing(int length) {
        assertThat(Nearest.to("x".repeat(length), KNOWN)).isEmpty();
        assertThat(Nearest.to("silent", List.of())).isEmpty();
        assertThat(Nearest.to("silent", List.of("x".repeat(length)))).isEmpty();
    }
}
