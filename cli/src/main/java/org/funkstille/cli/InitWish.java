package org.funkstille.cli;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.model.RouterType;
import org.funkstille.core.net.AddressRange;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Prefix;
import org.funkstille.discovery.draft.DraftNetwork;
import org.funkstille.discovery.draft.RouterDetails;

/** What the owner told {@code funkstille init}. */
record InitWish(
        Optional<InetAddress> gateway,
        Optional<RouterType> type,
        Optional<String> via,
        List<DraftNetwork> networks,
        RouterDetails details) {

    private static final Pattern NETWORK = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9._-]{0,62})=([A-Za-z0-9@:._-]{1,15}),([0-9.]+/[0-9]+)(?:,([0-9. -]+))?");

    private static final Pattern VIA =
            Pattern.compile("local|netns:[A-Za-z0-9_][A-Za-z0-9._-]{0,63}|ssh://[A-Za-z0-9@.:\\[\\]_-]{1,200}");

    /** {@code iot=iot0,192.168.20.0/24,192.168.20.100-192.168.20.199}. */
    static DraftNetwork network(String text) {
        Matcher matcher = NETWORK.matcher(text);
        Optional<Prefix> prefix = matcher.matches() ? Prefix.tryParse(matcher.group(3)) : Optional.empty();
        Optional<String> pool = prefix.flatMap(found -> Optional.ofNullable(matcher.group(4)));
        Optional<AddressRange> range = pool.flatMap(AddressRange::tryParse);
        boolean good = prefix.filter(found -> found.family() == Family.IPV4).isPresent()
                && (pool.isEmpty()
                        || range.filter(found -> prefix.get().contains(found.first())
                                        && prefix.get().contains(found.last()))
                                .isPresent());
        if (!good) {
            throw new Failure("--network " + printable(text) + ": write NAME=INTERFACE,PREFIX or"
                    + " NAME=INTERFACE,PREFIX,FIRST-LAST, like"
                    + " iot=iot0,192.168.20.0/24,192.168.20.100-192.168.20.199");
        }
        return new DraftNetwork(matcher.group(1), matcher.group(2), false, prefix, List.of(), range);
    }

    static String via(String text) {
        if (!VIA.matcher(text).matches()) {
            throw new Failure("--via " + printable(text) + ": write local, netns:NAME or ssh://user@host");
        }
        return text;
    }

    static String line(String option, String text) {
        if (text.isBlank() || text.length() > 200 || text.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(option + " " + printable(text) + ": not a line of text");
        }
        return text;
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
