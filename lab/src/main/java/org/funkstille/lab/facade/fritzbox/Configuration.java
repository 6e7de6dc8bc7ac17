package org.funkstille.lab.facade.fritzbox;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Mac;
import org.funkstille.lab.network.Segment;

/** What the box keeps when it is switched off. Devices for which nothing was settled do not stand in it. */
final class Configuration {

    private static final Mac CONSOLE = Mac.parse("02:00:00:00:00:77");
    private static final Mac TABLET = Mac.parse("02:00:00:00:00:78");

    private final Map<String, Profile> profiles = new LinkedHashMap<>();
    private final Map<Mac, DeviceSettings> devices = new ConcurrentSkipListMap<>();
    private final Map<InetAddress, Mac> locks = new ConcurrentSkipListMap<>(Addresses.ORDER);
    private String rangeStart = Segment.LAN.poolStart();
    private String rangeEnd = Segment.LAN.poolEnd();

    /**
     * The configuration of an owner who uses the parental control already: a games console that is locked and has a
     * reservation, a tablet that a profile keeps from the internet, a profile with a timetable.
     */
    static Configuration ofTheOwner() {
        Configuration configuration = new Configuration();
        configuration.add(new Profile(Profile.STANDARD, "Standard", false, ""));
        configuration.add(new Profile("filtprof2", "Gast", false, ""));
        configuration.add(new Profile("filtprof3", "Unbeschränkt", false, ""));
        configuration.add(Profile.DENIED);
        configuration.add(Profile.BEDTIME);
        InetAddress console = Addresses.parse(Segment.LAN.ipv4(77));
        configuration.settle(CONSOLE, DeviceSettings.NONE.named("Spielkonsole").reserved(Optional.of(console)));
        configuration.lock(console, CONSOLE);
        configuration.settle(
                TABLET,
                DeviceSettings.NONE
                        .named("Tablet")
                        .reserved(Optional.of(Addresses.parse(Segment.LAN.ipv4(78))))
                        .in(Profile.DENIED.id()));
        return configuration;
    }

    private void add(Profile profile) {
        profiles.put(profile.id(), profile);
    }

    Map<String, Profile> profiles() {
        return profiles;
    }

    Set<Mac> settled() {
        return Set.copyOf(devices.keySet());
    }

    DeviceSettings settings(Mac mac) {
        return devices.getOrDefault(mac, DeviceSettings.NONE);
    }

    void settle(Mac mac, DeviceSettings settings) {
        if (settings.equals(DeviceSettings.NONE)) {
            devices.remove(mac);
        } else {
            devices.put(mac, settings);
        }
    }

    Profile profile(Mac mac) {
        return profiles.getOrDefault(settings(mac).profile(), Profile.DENIED);
    }

    /** @return who has an address for always */
    Optional<Mac> reservedFor(InetAddress address) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getValue().reserved().equals(Optional.of(address)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Which addresses are locked, and whose they were when they were locked. */
    Map<InetAddress, Mac> locks() {
        return locks;
    }

    void lock(InetAddress address, Mac mac) {
        locks.put(address, mac);
    }

    void unlock(InetAddress address) {
        locks.remove(address);
    }

    String rangeStart() {
        return rangeStart;
    }

    String rangeEnd() {
        return rangeEnd;
    }

    void range(String start, String end) {
        rangeStart = start;
        rangeEnd = end;
    }

    /** All of it, in an order that does not depend on how it came about. */
    String text() {
        StringBuilder text = new StringBuilder("dhcp {\n  range = %s %s\n}\n".formatted(rangeStart, rangeEnd));
        profiles.values()
                .forEach(profile -> text.append("profile %s {\n  name = \"%s\"\n  denied = %s\n  times = \"%s\"\n}\n"
                        .formatted(profile.id(), profile.name(), profile.denied(), profile.timetable())));
        devices.forEach((mac, settings) -> {
            text.append("device ").append(mac).append(" {\n");
            settings.name().ifPresent(name -> text.append("  name = \"%s\"\n".formatted(name)));
            settings.reserved().ifPresent(address -> text.append("  always = %s\n".formatted(Addresses.text(address))));
            text.append("  profile = ").append(settings.profile()).append("\n}\n");
        });
        locks.forEach((address, mac) -> text.append("lock %s %s\n".formatted(Addresses.text(address), mac)));
        return text.toString();
    }
}
