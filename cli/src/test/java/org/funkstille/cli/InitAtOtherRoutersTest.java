package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.facade.fritzbox.Options;
import org.funkstille.lab.facade.fritzbox.SimulatedFritzBox;
import org.funkstille.lab.network.HostName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code init} on the hub of a virtual home whose router is of another system. Nobody has given it a password. */
class InitAtOtherRoutersTest {

    /** A further simulated router is a further line here. */
    static final List<Simulated> ROUTERS = List.of(
            new Simulated("fritzbox", "FRITZ!Box 7590", lab -> SimulatedFritzBox.takeOver(lab, Options.standard())),
            new Simulated("pfsense", "pfSense", lab -> DemoRouters.takeOver(lab, "pfsense")),
            new Simulated("opnsense", "OPNsense", lab -> DemoRouters.takeOver(lab, "opnsense")));

    private static @Nullable Lab lab;

    @TempDir
    private Path folder = Path.of("");

    /** @param system as init names it */
    record Simulated(String type, String system, Opener opener) {

        @Override
        public String toString() {
            return type;
        }
    }

    interface Opener {

        SimulatedRouter takeOver(Lab lab) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void up() throws IOException, InterruptedException {
        assumeTrue(
                Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "the lab needs root");
        lab = Lab.up("init-others-" + ProcessHandle.current().pid());
    }

    @AfterAll
    static void down() throws IOException {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @FieldSource("ROUTERS")
    void init_fromTheHub_namesTheRouterAndDraftsWhatItsDriverWants(Simulated simulated) throws Exception {
        Lab home = Objects.requireNonNull(lab);
        Path file = folder.resolve(simulated.type() + ".yaml");
        String hub = home.name().namespaceName(HostName.HUB);
        try (SimulatedRouter open = simulated.opener().takeOver(home)) {
            assertThat(open.homeYaml()).contains("type: " + simulated.type());
            Run run = Run.of("init", "--out", file.toString(), "--namespace", hub);

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("router   " + simulated.system() + " at 192.168.1.1\n");
        }
        String text = Files.readString(file);
        Reading<Home> reading =
                HomeReader.read("draft", text, ProfileFolder.besides(file).profiles());
        assertThat(reading).as(text).isInstanceOf(Reading.Good.class);
        Router router = ((Reading.Good<Home>) reading).value().routers().getFirst();
        assertThat(router.type().word()).isEqualTo(simulated.type());
        assertThat(router.via()).hasToString("https://192.168.1.1");
        assertThat(router.access().namespace()).contains(hub);
        assertThat(router.access().certificate().orElseThrow()).startsWith("sha256:");
        assertThat(text).contains("${FUNKSTILLE_");
    }
}
