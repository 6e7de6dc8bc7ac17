package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.lab.Lab;
import org.funkstille.lab.network.HostName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} in the virtual home: real leases, real greetings, a router that knows its devices. */
class InitInLabTest {

    private static @Nullable Lab lab;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "the lab needs root");
        lab = Lab.up("init-" + ProcessHandle.current().pid());
    }

    @AfterAll
    static void down() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void init_withARouterThatLetsUsIn_draftsAHomeInWhichTheGatewayIsSilent() {
        Run run = init(HostName.HUB, "--via", "netns:" + namespace(HostName.ROUTER), "--root", root());

        System.out.println(run.out() + run.err());
        Home home = home();
        Device gateway = home.deviceWith(lab().gateway().mac()).orElseThrow();
        assertThat(1).isEqualTo(2);
    }

    private Run init(HostName from, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("init", "--out", file().toString(), "--namespace", namespace(from)));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private Path file() {
        return folder.resolve("funkstille.yaml");
    }

    private Home home() {
        try {
            System.out.println(Files.readString(file()));
            return switch (HomeReader.read(
                    "draft",
                    Files.readString(file()),
                    ProfileFolder.besides(file()).profiles())) {
                case Reading.Good<Home>(Home read) -> read;
                case Reading.Bad<Home>(var faults) -> throw new AssertionError(faults);
            };
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static Lab lab() {
        return Objects.requireNonNull(lab);
    }

    private static String namespace(HostName host) {
        return lab().name().namespaceName(host);
    }

    private static String root() {
        return lab().name().routerRoot().toString();
    }
}
