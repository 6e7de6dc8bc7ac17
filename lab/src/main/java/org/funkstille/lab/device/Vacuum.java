package org.funkstille.lab.device;

import java.io.IOException;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.network.HostName;
import org.funkstille.lab.network.UdpServer;

/**
 * A simulated {@code roborock.vacuum.s5e}, which has a cloud path of its own: its maker's MQTT on 8883, Xiaomi's TLS
 * channel on 443, and HTTP-DNS at an address that it carries with it (published logs of its siblings), so that blocking
 * the gateway or blocking names does not reach it.
 */
public final class Vacuum extends Station implements Caller {

    /** What it calls itself when it asks for an address. */
    public static final String DHCP_NAME = "roborock-vacuum-s5e_miio" + MiioGreeting.VACUUM;

    private static final String HTTP_DNS_REQUEST = """
            GET /gslb?tver=2&id=%d&dm=ots.io.mi.com HTTP/1.1\r
            Host: dns.io.mi.com\r
            User-Agent: miio-client\r
            \r
            """.formatted(MiioGreeting.VACUUM);

    private final PhoneHome home;
    private final UdpServer miio;

    public Vacuum(Surroundings surroundings) throws IOException, InterruptedException {
        super(HostName.VACUUM, surroundings, Optional.of(DHCP_NAME));
        this.home =
                new PhoneHome(host(), MiioGreeting.VACUUM, surroundings.pace().call());
        this.miio = UdpServer.open(
                host(), Addresses.parse("0.0.0.0"), MiioGreeting.PORT, MiioGreeting.of(MiioGreeting.VACUUM));
    }

    @Override
    void live() {
        home.resolve(CloudNames.ROBOROCK);
        home.resolve(CloudNames.OTS);
        home.converse(CloudNames.ROBOROCK, Cloud.SECURE_MQTT);
        home.converse(CloudNames.OTS, Cloud.TLS);
        home.request(CloudNames.HTTP_DNS, Cloud.MIIO_TCP, HTTP_DNS_REQUEST);
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
        miio.close();
    }
}
