package org.funkstille.lab.device;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.network.HostName;

/**
 * A simulated {@code lumi.gateway.v3} with its sensors. Where it phones is what the strings of firmware 1.4.1_156 and
 * published logs of its siblings name: {@code ot.io.mi.com} by UDP 8053, {@code ott.io.mi.com} by TCP 80, servers known
 * by address alone, and 8.8.8.8. Each is done over IPv6 as well, where that can be.
 */
public final class Gateway extends Station implements Caller {

    /** What it calls itself when it asks for an address: its model and its number. */
    public static final String DHCP_NAME = "lumi-gateway-v3_miio" + MiioGreeting.GATEWAY;

    private final PhoneHome home;
    private final LumiLan lan;

    public Gateway(Surroundings surroundings) throws IOException, InterruptedException {
        super(HostName.GATEWAY, surroundings, Optional.of(DHCP_NAME));
        Pace pace = surroundings.pace();
        this.home = new PhoneHome(host(), MiioGreeting.GATEWAY, pace.call());
        this.lan = LumiLan.open(new LumiProtocol(mac()), host());
    }

    @Override
    void live() {
        Pace pace = surroundings().pace();
        lan.speak(pace);
        home.resolve(CloudNames.OT);
        home.resolve(CloudNames.OTT);
        home.resolveAt(CloudNames.PUBLIC_RESOLVER, CloudNames.OT, pace.publicResolver());
        home.keepAlive(CloudNames.OT);
        home.keepAlive(List.of(CloudNames.BARE_UDP, CloudNames.BARE_IPV6));
        home.converse(CloudNames.OTT, Cloud.MIIO_TCP);
        home.converse(CloudNames.BARE_TCP, Cloud.MIIO_TCP);
        home.converse(CloudNames.BARE_IPV6, Cloud.MIIO_TCP);
    }

    @Override
    public void pausePhoning() {
        home.pause();
    }

    @Override
    public void resumePhoning() {
        home.resume();
    }

    @Override
    public CallCount calls() {
        return home.count();
    }

    @Override
    void die() {
        home.close();
        lan.close();
    }
}
