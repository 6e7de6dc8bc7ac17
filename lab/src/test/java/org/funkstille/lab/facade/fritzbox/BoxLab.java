package org.funkstille.lab.facade.fritzbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.lab.Lab;

/** Labs for tests of this package. */
final class BoxLab {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private BoxLab() {}

    static Lab up() throws IOException, InterruptedException {
        Object uid = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        assumeTrue(Integer.valueOf(0).equals(uid), "the lab needs root");
        return Lab.up("fritzbox-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }
}
