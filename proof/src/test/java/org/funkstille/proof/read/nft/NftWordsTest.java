package org.funkstille.proof.read.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

final class NftWordsTest {

    /** Each line: a rule as nft 1.0.6 lists it, and the statements as its JSON has them. */
    private static List<String> samples() throws IOException {
        try (InputStream stream = Objects.requireNonNull(NftWordsTest.class.getResourceAsStream("words.tsv"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void rules_readAsNftListsThem() throws IOException {
        assertThat(samples()).hasSizeGreaterThan(300);
        SoftAssertions softly = new SoftAssertions();
        for (String line : samples()) {
            int tab = line.indexOf('\t');
            softly.assertThat(NftWords.rule(JsonText.read(line.substring(tab + 1))))
                    .isEqualTo(line.substring(0, tab));
        }
        softly.assertAll();
    }

    @Test
    void statementsThatNobodyKnows_stayJson() {
        assertThat(NftWords.rule(JsonText.read("[{\"teleport\": {\"to\": [1, \"x\"]}}, {\"accept\": null}]")))
                .isEqualTo("{\"teleport\":{\"to\":[1,\"x\"]}} accept");
    }
}
