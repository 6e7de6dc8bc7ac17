package org.funkstille.routers.pfsense;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LongOutputTest {

    private static String answer(String output) {
        return "{\"code\":200,\"response_id\":\"SUCCESS\",\"message\":\"\",\"data\":{\"output\":" + output
                + ",\"result_code\":3}}";
    }

    @Test
    void aRuleSetOfAnyLength_isReadWhole() throws Exception {
        String line = "block from <t> to any label \\\"USER_RULE: \\u00e4 \\\\ x\\\" \\/\\n";
        String plain = "block from <t> to any label \"USER_RULE: ä \\ x\" /\n";
        try (StubPfSense router = new StubPfSense()) {
            for (int lines : new int[] {1, 10_000}) {
                router.answerOnce("POST diagnostics/command_prompt", 200, answer('"' + line.repeat(lines) + '"'));

                PfSenseApi.Printed printed = router.api().run("pfctl -vvsr");

                assertThat(printed.text()).isEqualTo(plain.repeat(lines));
                assertThat(printed.exit()).isEqualTo(3);
            }
        }
    }

    @Test
    void anAnswerWithoutEnd_isLeftAsItIs() {
        String cut = "{\"data\":{\"output\":\"" + "x".repeat(100_000) + "\\\"";

        assertThat(LongOutput.of(cut).output()).isEmpty();
        assertThat(LongOutput.of(answer("null")).output()).isEmpty();
    }
}
