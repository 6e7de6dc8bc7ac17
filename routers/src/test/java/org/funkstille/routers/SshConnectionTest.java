package org.funkstille.routers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.funkstille.kernel.Command;
import org.junit.jupiter.api.Test;

final class SshConnectionTest {

    @Test
    void zone_isWhatDatePrints_orNotKnown() {
        assertThat(SshConnection.offset("+0530\n")).contains(ZoneOffset.ofHoursMinutes(5, 30));
        assertThat(SshConnection.offset("date: not found")).isEmpty();
        assertThat(SshConnection.offset("")).isEmpty();
    }

    @Test
    void arguments_reachTheProgramAsTheyAre_throughAShell() throws Exception {
        List<String> hostile =
                List.of("printf", "%s\\n", "a b", "$(id)", "it's", "`x`; rm -rf /", "*", "", "\\", "\"q\"");
        Command.Result result =
                Command.of("sh", "-c", SshConnection.line(hostile)).run();
        assertThat(result.out().lines()).containsExactlyElementsOf(hostile.subList(2, hostile.size()));
    }
}
