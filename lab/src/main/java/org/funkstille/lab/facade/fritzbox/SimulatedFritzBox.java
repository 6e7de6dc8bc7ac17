package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.time.Duration;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.Lab;
import org.funkstille.lab.cloud.Cloud;
import org.funkstille.lab.cloud.CloudNames;
import org.funkstille.lab.facade.HomeWithRouter;
import org.funkstille.lab.facade.SimulatedRouter;
import org.funkstille.lab.network.Card;

/** A FRITZ!Box to play with, and a host of our own that shows whether its locks hold. */
public record SimulatedFritzBox(FritzBoxFacade box, String homeYaml) implements SimulatedRouter {

    private static final String KNOCKED_AT = "www.example.com";

    public static SimulatedFritzBox takeOver(Lab lab, Options options) throws IOException, InterruptedException {
        HomeWithRouter home = new HomeWithRouter(lab);
        FritzBoxFacade box = FritzBoxFacade.takeOver(lab, options);
        String keys = """
                user: %s
                password: {secret: %s}
                allow: [web-interface]
                probe:
                  interface: %s
                  mac: "02:00:00:00:00:fe"
                  address: 192.168.1.250
                  to: ["tcp %s:%d", "tcp [%s]:%d"]
                """.formatted(
                        box.user(),
                        home.secret(box.password()),
                        Card.INTERFACE,
                        address(Family.IPV4),
                        Cloud.TLS,
                        address(Family.IPV6),
                        Cloud.TLS);
        return new SimulatedFritzBox(box, home.yaml("fritzbox", keys, false));
    }

    private static String address(Family family) {
        return Addresses.text(CloudNames.resolve(KNOCKED_AT, family).getFirst());
    }

    @Override
    public Duration window() {
        return Duration.ofSeconds(5);
    }

    /** The box does nothing about windows, so whoever waits for one to end waits for Funkstille. */
    @Override
    public void letTimePass(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    @Override
    public void close() throws IOException {
        box.close();
    }
}
