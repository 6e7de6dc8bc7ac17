package org.funkstille.cli;

import java.io.IOException;
import java.util.List;
import org.funkstille.lab.Lab;
import org.funkstille.lab.facade.PlainLinux;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.facade.fritzbox.Options;
import org.funkstille.lab.facade.fritzbox.SimulatedFritzBox;
import org.funkstille.lab.facade.opnsense.Release;
import org.funkstille.lab.facade.opnsense.SimulatedOpnSense;
import org.funkstille.lab.facade.pfsense.PfSenseFacade;
import org.funkstille.lab.facade.pfsense.SimulatedPfSense;

/** The router systems that the demo can play on. */
final class DemoRouters {

    static final List<String> WORDS = List.of("linux", "pfsense", "opnsense", "fritzbox");

    private DemoRouters() {}

    /** @param word one of {@link #WORDS} */
    static SimulatedRouter takeOver(Lab lab, String word) throws IOException, InterruptedException {
        return switch (word) {
            case "linux" -> PlainLinux.of(lab);
            case "pfsense" -> SimulatedPfSense.takeOver(lab, PfSenseFacade.Options.usual());
            case "opnsense" ->
                SimulatedOpnSense.takeOver(lab, org.funkstille.lab.facade.opnsense.Options.of(Release.V26_7_2));
            case "fritzbox" -> SimulatedFritzBox.takeOver(lab, Options.standard());
            default -> throw new IllegalArgumentException("no such router: " + word);
        };
    }
}
