package org.funkstille.lab.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootUnitTest {

    private static final List<String> UNIT = List.of(
            "[Unit]",
            "Before=network-pre.target  shutdown.target",
            "[Service]",
            "ExecStart=-/usr/sbin/nft \\",
            "    -f '/var/lib/some where/rules.nft'",
            "ExecStart=/bin/true");

    @Test
    void commandsAreSplitAtBlanksOutsideQuotesAndWithoutPrefixes() {
        BootUnit unit = BootUnit.parse("early.service", UNIT);
        assertThat(unit.commands())
                .containsExactly(List.of("/usr/sbin/nft", "-f", "/var/lib/some where/rules.nft"), List.of("/bin/true"));
        assertThat(unit.runsBefore("network-pre.target")).isTrue();
        assertThat(unit.runsBefore("network.target")).isFalse();
    }

    @Test
    void onlyUnitsThatAreWantedAreEnabled(@TempDir Path root) throws Exception {
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.write(units.resolve("wanted.service"), UNIT);
        Files.write(units.resolve("other.service"), UNIT);
        Path wants = Files.createDirectories(units.resolve("multi-user.target.wants"));
        Files.createSymbolicLink(wants.resolve("wanted.service"), Path.of("/etc/systemd/system/wanted.service"));
        assertThat(BootUnit.enabled(root)).extracting(BootUnit::name).containsExactly("wanted.service");
    }

    @Test
    void aRouterWithoutUnitsEnablesNone(@TempDir Path root) throws Exception {
        assertThat(BootUnit.enabled(root)).isEmpty();
    }
}
