package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.model.Answer;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.JournalSettings;
import org.funkstille.core.model.Network;
import org.funkstille.core.model.Policy;
import org.funkstille.core.model.Profile;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.core.net.Prefix;
import org.funkstille.core.router.DeviceRules;

/** A house behind a pf router. */
public final class PfHomes {

    public static final Policy SILENT = new Policy.Silent(Answer.REJECT);
    public static final InetAddress OURS = Addresses.parse("192.168.1.10");

    private PfHomes() {}

    public static Device device(
            String name, int number, String network, String address, Policy policy, String... reach) {
        return new Device(
                name,
                List.of(mac(number)),
                Addresses.tryParse(address),
                List.of(),
                network,
                Optional.empty(),
                policy,
                List.of(reach));
    }

    public static Device wantingEcho(Device device) {
        Profile profile = new Profile("m", "M", Answer.REJECT, true, List.of(), List.of(), List.of());
        return new Device(
                device.name(),
                device.macs(),
                device.address(),
                device.addresses6(),
                device.network(),
                Optional.of(profile),
                device.policy(),
                device.reach());
    }

    public static Mac mac(int number) {
        return new Mac(0x0200_0000_0000L + number);
    }

    public static Home home(boolean refusesIpv6, Device... devices) {
        return new Home(
                List.of(),
                List.of(
                        network("lan", "em1", refusesIpv6, "192.168.1.0/24", "2001:db8:1::/64"),
                        network("iot", "igb1.20", refusesIpv6, "192.168.20.0/24", "2001:db8:20::/64"),
                        network("internet", "em0", false)),
                List.of(devices),
                JournalSettings.DEFAULT,
                false);
    }

    private static Network network(String name, String leg, boolean refusesIpv6, String... prefixes) {
        return new Network(
                name,
                leg,
                List.of(prefixes).stream().map(Prefix::parse).toList(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                refusesIpv6);
    }

    public static LayoutInput input(Home home, List<DeviceRules> wanted, LayoutInput.WindowRules windows) {
        Map<String, Set<InetAddress>> held = home.devices().stream()
                .filter(device -> device.address().isPresent())
                .collect(java.util.stream.Collectors.toMap(
                        Device::name, device -> Set.of(device.address().orElseThrow())));
        return new LayoutInput(home, wanted, held, Map.of(), Optional.of(OURS), windows);
    }
}
