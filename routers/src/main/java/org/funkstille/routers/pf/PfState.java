package org.funkstille.routers.pf;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;
import org.funkstille.routers.EvidenceAccess;
import org.funkstille.routers.OpenFlow;

/**
 * One state of pf. A flow through the router has two, one where it comes in and one where it goes out; the first has the
 * addresses before any translation.
 *
 * @param incoming true where its first packet came in to the router
 * @param age since its first packet, in whole seconds
 * @param progress both sides' state, {@code ESTABLISHED:ESTABLISHED}
 */
public record PfState(
        String interfaceName,
        boolean incoming,
        Host source,
        Protocol protocol,
        Host destination,
        String progress,
        Duration age,
        Traffic traffic) {

    /** {@code 192.168.1.50:4000}, {@code 2001:db8::50[4000]}, {@code fe80::1%em1[53]}, or an address without port. */
    private static final Pattern HOST =
            Pattern.compile("([0-9.]+)(?::(\\d{1,5}))?|([0-9a-fA-F:.]+)(?:%[^\\[\\]]+)?(?:\\[(\\d{1,5})])?");

    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,6}):([0-9]{2}):([0-9]{2})");

    /**
     * One end of it.
     *
     * @param port 0 where there is none
     */
    public record Host(InetAddress address, int port) {

        public static Optional<Host> tryParse(String text) {
            Matcher form = HOST.matcher(text.strip());
            if (!form.matches()) {
                return Optional.empty();
            }
            boolean four = form.group(1) != null;
            String port = four ? form.group(2) : form.group(4);
            int number = port == null ? 0 : Integer.parseInt(port);
            return number > 65535
                    ? Optional.empty()
                    : Addresses.tryParse(four ? form.group(1) : form.group(3))
                            .map(address -> new Host(address, number));
        }
    }

    /** By the name that pf prints, or by number. */
    public static Optional<Protocol> protocol(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "tcp" -> Optional.of(Protocol.TCP);
            case "udp" -> Optional.of(Protocol.UDP);
            case "icmp" -> Optional.of(Protocol.ICMP);
            case "icmp6", "icmpv6", "ipv6-icmp" -> Optional.of(Protocol.ICMPV6);
            case "igmp" -> Optional.of(new Protocol(2));
            case "ipv6" -> Optional.of(new Protocol(41));
            case "gre" -> Optional.of(new Protocol(47));
            case "esp", "ipencrypt" -> Optional.of(new Protocol(50));
            case "ah" -> Optional.of(new Protocol(51));
            case "pim" -> Optional.of(new Protocol(103));
            case "sctp" -> Optional.of(new Protocol(132));
            default ->
                Optional.of(text.strip())
                        .filter(number -> number.matches("\\d{1,3}"))
                        .map(Integer::parseInt)
                        .filter(number -> number < 256)
                        .map(Protocol::new);
        };
    }

    /** {@code 00:01:30}, as pf prints times; also plain seconds. Zero where it is neither. */
    public static Duration age(String text) {
        Matcher clock = CLOCK.matcher(text.strip());
        if (!clock.matches()) {
            return text.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
        }
        return Duration.ofHours(Long.parseLong(clock.group(1)))
                .plusMinutes(Long.parseLong(clock.group(2)))
                .plusSeconds(Long.parseLong(clock.group(3)));
    }

    /** True of a TCP flow that both sides have ended; pf keeps it for a while. */
    public boolean over() {
        return protocol.equals(Protocol.TCP)
                && progress.matches("(TIME_WAIT|CLOSED|FIN_WAIT_2|CLOSING):(TIME_WAIT|CLOSED|FIN_WAIT_2|CLOSING)");
    }

    private Endpoint endpoint() {
        return new Endpoint(destination.address(), protocol, protocol.hasPorts() ? destination.port() : 0);
    }

    private int sourcePort() {
        return protocol.hasPorts() ? source.port() : 0;
    }

    public OpenFlow open() {
        return new OpenFlow(source.address(), sourcePort(), endpoint());
    }

    /** Under its own numbers: those that routers tell may change from one listing to the next. */
    public EvidenceAccess.TrackedFlow tracked() {
        // An echo request has its identifier where others have ports.
        long id = (Integer.toUnsignedLong(open().hashCode()) << 16) | (source.port() ^ destination.port());
        return new EvidenceAccess.TrackedFlow(
                new FlowKey(id, source.address(), sourcePort(), endpoint()), traffic, age);
    }
}
