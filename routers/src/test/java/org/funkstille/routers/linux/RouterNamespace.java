package org.funkstille.routers.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.funkstille.kernel.Command;
import org.junit.jupiter.api.Assumptions;

/** A network namespace for one test, with files of its own; gone after it. */
final class RouterNamespace {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String name = "fsrt" + ProcessHandle.current().pid() + "n" + NUMBER.incrementAndGet();
    final Path root;

    RouterNamespace() throws Exception {
        boolean allowed = Command.of("ip", "netns", "add", name).run().ok();
        Assumptions.assumeTrue(allowed, "needs root: network namespaces are not allowed here");
        root = Files.createTempDirectory("funkstille-router");
        Files.createDirectories(root.resolve("etc/systemd/system/multi-user.target.wants"));
        in("ip", "link", "set", "lo", "up");
    }

    String in(String... argv) throws IOException, InterruptedException {
        String[] wrapped = new String[argv.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", name}, 0, wrapped, 0, 4);
        System.arraycopy(argv, 0, wrapped, 4, argv.length);
        Command.Result result = Command.of(wrapped).run();
        if (!result.ok()) {
            throw new IOException(String.join(" ", argv) + ": " + result.err());
        }
        return result.out();
    }

    void close() throws IOException, InterruptedException {
        Command.of("ip", "netns", "del", name).run();
        Command.of("rm", "-rf", root.toString()).run();
    }
}
