package org.funkstille.cli;

import java.io.IOException;
import java.util.List;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.PlainLinux;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.facade.fritzbox.Options;
import org.funkstille.lab.facade.fritzbox.SimulatedFritzBox;

/** The router systems that the demo can play on. */
final class DemoRouters {

    static final List<String> WORDS = List.of("linux", "fritzbox");

    private DemoRouters() {}

    /** @param word one of {@link #WORDS} */
    static SimulatedRouter takeOver(Lab lab, String word) throws IOException, InterruptedException {
        return switch (word) {
            case "linux" -> PlainLinux.of(lab);
            case "fritzbox" -> SimulatedFritzBox.takeOver(lab, Options.standard());
            default -> throw new IllegalArgumentException("no such router: " + word);
        };
    }
}
