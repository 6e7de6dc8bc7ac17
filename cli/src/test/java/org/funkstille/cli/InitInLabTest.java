package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonNode;
import io.avaje.json.node.JsonNodeMapper;
import io.avaje.json.node.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.funkstille.core.config.Fault;
import org.funkstille.core.config.HomeReader;
import org.funkstille.core.config.Reading;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
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
    void init_withARouterThatLetsUsIn_draftsAHomeInWhichTheGatewayIsSilent() throws IOException {
        Run run = init(HostName.HUB, "--via", "netns:" + namespace(HostName.ROUTER), "--root", root());

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("78:11:dc:12:34:56  sure     lumi.gateway.v3", "funkstille plan -c " + file());
        Home home = home();
        assertThat(home.networks()).extracting(Network::name).containsExactly("lan0", "iot0", "internet");
        Device gateway = home.deviceWith(lab().gateway().mac()).orElseThrow();
        assertThat(gateway.network()).isEqualTo("iot0");
        assertThat(gateway.policy()).isEqualTo(new Policy.Silent(Answer.REJECT));
        assertThat(gateway.profile().map(Profile::model)).contains("lumi.gateway.v3");
        assertThat(home.network("iot0")
                        .orElseThrow()
                        .pool()
                        .orElseThrow()
                        .contains(gateway.address().orElseThrow()))
                .as("a pinned address lies outside the pool")
                .isFalse();
        assertThat(home.deviceWith(lab().phone().mac())).as("only a comment").isEmpty();
        assertThat(Files.readString(file())).contains(lab().phone().mac().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r--r--");
    }

    /** From within the gateway's network, with nobody to ask for leases. */
    @Test
    void init_withNobodyToAsk_findsTheGatewayByItsAnswerToEverybody() {
        JsonObject document = document(init(HostName.VACUUM, "--json"));

        JsonObject router = only(document, "routers");
        assertThat(router.extract("address")).isEqualTo("192.168.20.1");
        JsonObject device = only(document, "devices");
        assertThat(device.extract("mac")).isEqualTo(lab().gateway().mac().toString());
        assertThat(device.extract("did", 0L)).isEqualTo(45_832_013);
        assertThat(device.extract("confidence")).isEqualTo("family");
        assertThat(device.containsKey("model")).as("nothing said it").isFalse();
        assertThat(home().devices()).isEmpty();
    }

    @Test
    void init_onTheRouterItself_knowsThatItIsOne() {
        JsonObject document = document(init(HostName.ROUTER, "--root", root(), "--json"));

        JsonObject router =
                (JsonObject) ((JsonArray) document.get("routers")).elements().getFirst();
        assertThat(router.extract("type")).isEqualTo("linux");
        assertThat(router.extract("via")).isEqualTo("local");
        assertThat(home().networks()).extracting(Network::interfaceName).contains("lan0", "iot0");
    }

    private Run init(HostName from, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("init", "--out", file().toString(), "--namespace", namespace(from)));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static JsonObject document(Run run) {
        assertThat(run.exit()).as(run.err()).isZero();
        return JsonNodeMapper.builder().build().fromJsonObject(run.out());
    }

    private static JsonObject only(JsonObject document, String member) {
        List<JsonNode> elements = ((JsonArray) document.get(member)).elements();
        assertThat(elements).hasSize(1);
        return (JsonObject) elements.getFirst();
    }

    private Path file() {
        return folder.resolve("funkstille.yaml");
    }

    private Home home() {
        try {
            String text = Files.readString(file());
            return switch (HomeReader.read(
                    "draft", text, ProfileFolder.besides(file()).profiles())) {
                case Reading.Good<Home>(Home read) -> read;
                case Reading.Bad<Home>(List<Fault> faults) -> throw new AssertionError(faults + "\n" + text);
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
