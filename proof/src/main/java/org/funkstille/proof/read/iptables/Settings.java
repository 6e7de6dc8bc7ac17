package org.funkstille.proof.read.iptables;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Source;
import org.funkstille.proof.house.House;
import org.funkstille.proof.read.SourceText;

/** What the kernel's own settings ({@code sysctl}) say of IPv6 and of forwarding. */
final class Settings {

    private static final String IPV6 = "net.ipv6.conf.";

    private record Setting(String value, Source source) {}

    private final Map<String, Setting> settings = new HashMap<>();

    private Settings() {}

    /** Lines of another form are none of ours. */
    static Settings read(List<SourceText> texts) {
        Settings found = new Settings();
        for (SourceText text : texts) {
            for (Line line : Line.of(text)) {
                int equals = line.text().indexOf('=');
                if (equals > 0 && !line.text().startsWith("#")) {
                    found.settings.put(
                            line.text().substring(0, equals).strip().replace('/', '.'),
                            new Setting(
                                    line.text().substring(equals + 1).strip(),
                                    new Source(line.place(), line.text(), "")));
                }
            }
        }
        return found;
    }

    /** IPv6 is off on every interface that devices are on; an interface's own setting counts before that of all. */
    boolean ipv6Off(House house) {
        boolean all = is(IPV6 + "all.disable_ipv6", "1");
        List<House.Leg> inside = house.inside();
        return inside.isEmpty()
                ? all
                : inside.stream()
                        .map(leg -> settings.get(IPV6 + leg.interfaceName() + ".disable_ipv6"))
                        .allMatch(own -> own == null ? all : own.value().equals("1"));
    }

    /** Where it says that nothing of the family is forwarded, by no interface. */
    Optional<Source> forwardsNothing(Family family) {
        String name = family == Family.IPV4 ? "net.ipv4.ip_forward" : IPV6 + "all.forwarding";
        Setting setting = settings.get(name);
        boolean elsewhere = settings.entrySet().stream()
                .anyMatch(one -> forwardsByItself(family, one.getKey())
                        && !one.getValue().value().equals("0"));
        return setting != null && setting.value().equals("0") && !elsewhere
                ? Optional.of(setting.source())
                : Optional.empty();
    }

    /** IPv4: each interface has its own switch. IPv6: only {@code force_forwarding}, from kernel 6.17, goes against all. */
    private static boolean forwardsByItself(Family family, String name) {
        return family == Family.IPV4
                ? name.startsWith("net.ipv4.conf.") && name.endsWith(".forwarding")
                : name.startsWith(IPV6) && name.endsWith(".force_forwarding");
    }

    private boolean is(String name, String value) {
        Setting setting = settings.get(name);
        return setting != null && setting.value().equals(value);
    }
}
