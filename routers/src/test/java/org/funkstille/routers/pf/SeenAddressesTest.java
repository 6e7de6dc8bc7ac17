package org.funkstille.routers.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Policy;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.router.Neighbour;
import org.junit.jupiter.api.Test;

class SeenAddressesTest {

    private static final Mac GATEWAY = Mac.parse("78:11:dc:12:34:56");
    private static final Mac OTHER = Mac.parse("02:00:00:00:00:99");
    private static final InetAddress TEMPORARY = Addresses.parse("2001:db8:20::1234");

    private Instant now = Instant.parse("2026-05-01T12:00:00Z");
    private final SeenAddresses seen = new SeenAddresses(home(), new Clock() {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static Home home() {
        Device gateway = new Device(
                "gateway",
                List.of(GATEWAY),
                Optional.empty(),
                List.of(),
                "iot",
                Optional.empty(),
                new Policy.Silent(Answer.REJECT),
                List.of());
        return new Home(List.of(), List.of(), List.of(gateway), JournalSettings.DEFAULT, false);
    }

    @Test
    void anAddressThatTheRouterForgot_isRemembered() {
        List<Neighbour> there = List.of(new Neighbour(GATEWAY, TEMPORARY));
        assertThat(seen.with(there, List.of())).isEqualTo(there);

        assertThat(seen.with(List.of(), List.of())).isEqualTo(there);
    }

    @Test
    void whatOurAliasHoldsOfADevice_isRememberedByTheNextProcess() {
        FoundAlias ours =
                new FoundAlias("fs", "funkstille:gateway", "host", List.of("192.168.20.50", "2001:db8:20::1234"));
        FoundAlias others = new FoundAlias("x", "printers", "host", List.of("2001:db8:20::9"));

        assertThat(seen.with(List.of(), List.of(ours, others))).containsExactly(new Neighbour(GATEWAY, TEMPORARY));
    }

    @Test
    void anAddressThatSomebodyElseHoldsNow_isNoLongerTheDevices() {
        assertThat(seen.with(List.of(new Neighbour(GATEWAY, TEMPORARY)), List.of()))
                .hasSize(1);

        assertThat(seen.with(List.of(new Neighbour(OTHER, TEMPORARY)), List.of()))
                .containsExactly(new Neighbour(OTHER, TEMPORARY));
    }

    @Test
    void afterAWeek_itIsForgotten() {
        assertThat(seen.with(List.of(new Neighbour(GATEWAY, TEMPORARY)), List.of()))
                .hasSize(1);
        now = now.plus(Duration.ofDays(8));

        assertThat(seen.with(List.of(), List.of())).isEmpty();
    }

    @Test
    void aDeviceThatMakesUpAddresses_isRememberedWithTheLast64() {
        for (int number = 0; number < 1000; number++) {
            InetAddress address = Addresses.parse("2001:db8:20::" + Integer.toHexString(0x1000 + number));
            List<Neighbour> ignored = seen.with(List.of(new Neighbour(GATEWAY, address)), List.of());
        }

        List<Neighbour> remembered = new ArrayList<>(seen.with(List.of(), List.of()));
        assertThat(remembered)
                .hasSize(64)
                .contains(new Neighbour(GATEWAY, Addresses.parse("2001:db8:20::" + Integer.toHexString(0x1000 + 999))));
    }
}
