package org.funkstille.lab.facade.opnsense;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.lab.Lab;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A lab for all tests of a class; each takes its router over as it wants. */
@Timeout(120)
abstract class FacadeTestBase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable Lab shared;
    private @Nullable OpnSenseFacade opened;

    @BeforeAll
    static void buildLab() throws Exception {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        shared = Lab.up("opn-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }

    @AfterAll
    static void takeLabDown() throws Exception {
        if (shared != null) {
            shared.close();
        }
    }

    @AfterEach
    void leave() throws Exception {
        if (opened != null) {
            opened.close();
        }
    }

    static Lab lab() {
        return Objects.requireNonNull(shared);
    }

    OpnSenseFacade box(Options options) throws Exception {
        leave();
        OpnSenseFacade facade = OpnSenseFacade.takeOver(lab(), options);
        opened = facade;
        return facade;
    }

    Browser browser(Options options) throws Exception {
        return new Browser(lab(), box(options).key());
    }

    OpnSenseFacade box() {
        return Objects.requireNonNull(opened);
    }

    /** Adds a rule and gives its uuid. */
    static String add(Browser browser, String fields) throws Exception {
        Browser.Answer answer = browser.post("/api/firewall/filter/add_rule", "{\"rule\":{" + fields + "}}");
        return Optional.of(answer.text("uuid"))
                .filter(uuid -> !uuid.isEmpty())
                .orElseThrow(() -> new AssertionError(answer.body()));
    }

    static void alias(Browser browser, String fields) throws Exception {
        Browser.Answer answer = browser.post("/api/firewall/alias/add_item", "{\"alias\":{" + fields + "}}");
        if (!answer.text("result").equals("saved")) {
            throw new AssertionError(answer.body());
        }
    }

    static void reconfigure(Browser browser) throws Exception {
        browser.post("/api/firewall/alias/reconfigure", "{}");
    }
}
