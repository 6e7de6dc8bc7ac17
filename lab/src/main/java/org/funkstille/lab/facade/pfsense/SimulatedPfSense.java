package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.funkstille.lab.Lab;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.facade.HomeWithRouter;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.facade.pf.SyslogDestination;
import org.funkstille.lab.facade.pf.SyslogFormat;

/** A pfSense to play with, whose owner allows the command prompt and sends the filter log to the hub. */
public record SimulatedPfSense(PfSenseFacade box, String homeYaml) implements SimulatedRouter {

    private static final int SYSLOG = 5514;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    public static SimulatedPfSense takeOver(Lab lab, PfSenseFacade.Options options)
            throws IOException, InterruptedException {
        HomeWithRouter home = new HomeWithRouter(lab);
        PfSenseFacade box = PfSenseFacade.takeOver(lab, options);
        box.logTo(List.of(
                new SyslogDestination(new InetSocketAddress(Hub.ADDRESS, SYSLOG), false, SyslogFormat.pfSenseBsd())));
        String keys = """
                key: {secret: %s}
                allow: [command-prompt]
                syslog: %s:%d
                """.formatted(home.secret(box.apiKey()), Hub.ADDRESS.getHostAddress(), SYSLOG);
        return new SimulatedPfSense(box, home.yaml("pfsense", keys, true));
    }

    @Override
    public Duration window() {
        return QUARTER;
    }

    /**
     * And on to the next quarter of an hour, for its schedules know no other times, and to the one after that: pfSense
     * ends the flows of a schedule before it loads the rules without it, so one that begins in between lives until then.
     */
    @Override
    public void letTimePass(Duration time) {
        box.clock().advance(time.plus(QUARTER).plus(QUARTER));
    }

    @Override
    public void close() throws IOException {
        box.close();
    }
}
