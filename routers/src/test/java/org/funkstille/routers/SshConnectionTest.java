package org.funkstille.routers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.funkstille.kernel.Command;
import org.junit.jupiter.api.Test;

final class SshConnectionTest {

    @Test
    void arguments_reachTheProgramAsTheyAre_throughAShell() throws Exception {
        List<String> hostile =
                List.of("printf", "%s\\n", "a b", "$(id)", "it's", "`x`; rm -rf /", "*", "", "\\", "\"q\"");
        Command.Result result =
                Command.of("sh", "-c", SshConnection.line(hostile)).run();
        assertThat(result.out().lines()).containsExactlyElementsOf(hostile.subList(2, hostile.size()));
    }
}
