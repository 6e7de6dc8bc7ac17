package org.funkstille.lab.facade.opnsense;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.Lab;
import org.funkstille.lab.device.Hub;
import org.funkstille.lab.facade.HomeWithRouter;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.facade.pf.SyslogDestination;
import org.funkstille.lab.facade.pf.SyslogFormat;

/** An OPNsense to play with, whose owner sends the filter log to the hub. */
public record SimulatedOpnSense(OpnSenseFacade box, String homeYaml) implements SimulatedRouter {

    private static final int SYSLOG = 5514;

    /** The box looks for what has expired once a minute. */
    private static final Duration CRON = Duration.ofMinutes(1);

    public static SimulatedOpnSense takeOver(Lab lab, Options options) throws IOException, InterruptedException {
        HomeWithRouter home = new HomeWithRouter(lab);
        OpnSenseFacade box = OpnSenseFacade.takeOver(lab, options);
        SyslogFormat format = new SyslogFormat(true, Optional.of("OPNsense.internal"), true);
        box.pf()
                .log()
                .sendTo(List.of(new SyslogDestination(new InetSocketAddress(Hub.ADDRESS, SYSLOG), false, format)));
        String keys = """
                key: {secret: %s}
                syslog: %s:%d
                """.formatted(home.secret(box.key()), Hub.ADDRESS.getHostAddress(), SYSLOG);
        return new SimulatedOpnSense(box, home.yaml("opnsense", keys, true));
    }

    /** The least that its tables can expire after is a minute. */
    @Override
    public Duration window() {
        return Duration.ofMinutes(2);
    }

    @Override
    public void letTimePass(Duration time) {
        box.clock().advance(time.plus(CRON));
    }

    @Override
    public void close() throws IOException {
        box.close();
    }
}
