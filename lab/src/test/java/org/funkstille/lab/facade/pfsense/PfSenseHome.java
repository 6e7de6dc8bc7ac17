package org.funkstille.lab.facade.pfsense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.pf.LoadedRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A virtual home with a pfSense for the tests of one class. After each test what is marked as ours is deleted, and the
 * rest must be as before.
 */
final class PfSenseHome implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final String MARK = "funkstille:gateway";
    static final String GATEWAY_MAC = "78:11:dc:12:34:56";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private @Nullable Lab lab;
    private @Nullable PfSenseFacade box;
    private @Nullable Client api;
    private String before = "";

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        lab = Lab.up("pfsense-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        PfSenseFacade.Options options =
                PfSenseFacade.Options.usual().withJwtAuth(true).withLoginProtection(false);
        box = PfSenseFacade.takeOver(lab(), options);
        api = Client.withKey(lab().hub().host(), box().apiKey());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        before = box().configuration();
    }

    /** Rules before schedules. */
    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        box().faults().clear();
        api().delete("firewall/rules?descr__startswith=funkstille:");
        api().delete("firewall/schedules?name__startswith=fs_");
        api().delete("firewall/aliases?name__startswith=fs_");
        api().delete("services/dhcp_server/static_mappings?parent_id=opt1&descr__startswith=funkstille:&apply=true");
        apply();
        assertThat(box().configuration()).as("the owner's own, byte for byte").isEqualTo(before);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (box != null) {
            box.close();
        }
        if (lab != null) {
            lab.close();
        }
    }

    Lab lab() {
        return Objects.requireNonNull(lab);
    }

    PfSenseFacade box() {
        return Objects.requireNonNull(box);
    }

    Client api() {
        return Objects.requireNonNull(api);
    }

    InetAddress device() throws Exception {
        return lab().gateway().address().orElseThrow();
    }

    /** Waits until it is done. */
    Client.Answer apply() throws Exception {
        return api().post("firewall/apply", Json.fields("async", false));
    }

    void alias(String name, InetAddress address) throws Exception {
        Json.Fields alias = Json.fields("name", name, "type", "host", "descr", MARK)
                .with("address", Json.texts(List.of(Addresses.text(address))));
        assertThat(api().post("firewall/alias", alias).code()).isEqualTo(200);
    }

    /** A rule of the IoT network for what comes in, not yet sent. */
    static Json.Fields rule(String type, String family, String source) {
        return Json.fields("type", type, "ipprotocol", family, "source", source, "destination", "any", "descr", MARK)
                .with("interface", Json.texts(List.of("opt1")));
    }

    /** The same before all other rules. */
    static Json.Fields first(Json.Fields rule) {
        return rule.with("floating", Json.of(true))
                .with("quick", Json.of(true))
                .with("direction", Json.of("in"))
                .with("placement", Json.of(0));
    }

    /** Creates a logged block before all other rules, which is not applied. */
    Json.Fields block(String source, String family) throws Exception {
        Json.Fields rule = first(rule("block", family, source)).with("log", Json.of(true));
        return api().post("firewall/rule", rule).object();
    }

    /** Creates it and waits until it is applied. */
    Client.Answer applied(Json.Fields rule) throws Exception {
        return api().post("firewall/rule", rule.with("apply", Json.of(true)).with("async", Json.of(false)));
    }

    /** That the first rule with this description has counted. */
    long packets(String description) throws Exception {
        LoadedRule rule = box().pf().rules().stream()
                .filter(one -> one.rule().options().labels().contains("USER_RULE: " + description))
                .findFirst()
                .orElseThrow();
        return box().pf().counters(rule).packets();
    }
}
