package org.funkstille.routers.linux;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Family;
import org.funkstille.core.net.Protocol;
import org.funkstille.kernel.Command;
import org.funkstille.routers.OpenFlow;
import org.funkstille.routers.RouterConnection;
import org.funkstille.routers.RouterException;

/** The router's table of flows, through conntrack(8). */
final class Conntrack {

    /** {@code tcp      6 431999 ESTABLISHED src=… dst=… sport=… dport=… src=…}; the first of each is the first packet's. */
    private static final Pattern LINE = Pattern.compile(
            "^(?:ipv[46]\\s+[0-9]+\\s+)?\\S+\\s+([0-9]{1,3})\\s.*?src=(\\S+) dst=(\\S+)(?: sport=([0-9]+) dport=([0-9]+))?.*");

    private static final Pattern DELETED = Pattern.compile("([0-9]+) flow entr(?:y has|ies have) been deleted");

    private final RouterConnection connection;

    Conntrack(RouterConnection connection) {
        this.connection = connection;
    }

    /** Only addresses that have flows are worth a program's start: a house has hundreds that have none. */
    int cut(Set<InetAddress> addresses) throws RouterException {
        Set<InetAddress> busy = list(addresses).stream().map(OpenFlow::source).collect(Collectors.toSet());
        int cut = 0;
        for (InetAddress address : busy) {
            Command.Result result = delete(address);
            Matcher matcher = DELETED.matcher(result.err());
            // With nothing to delete it exits with 1, and still says "0 flow entries".
            if (!matcher.find()) {
                throw new RouterException.Refused("conntrack -D -s " + Addresses.text(address) + ": "
                        + result.err().strip());
            }
            cut += Integer.parseInt(matcher.group(1));
        }
        return cut;
    }

    /** One listing for each family, however many addresses are asked for. */
    List<OpenFlow> list(Set<InetAddress> addresses) throws RouterException {
        List<OpenFlow> flows = new ArrayList<>();
        for (Family family : Family.values()) {
            if (addresses.stream().noneMatch(address -> Family.of(address) == family)) {
                continue;
            }
            Command.Result result =
                    Programs.require(connection.run("conntrack", "-L", "-f", family.word()), "conntrack", "conntrack");
            if (!result.ok()) {
                throw new RouterException.Refused(
                        "conntrack -L: " + result.err().strip());
            }
            result.out()
                    .lines()
                    .flatMap(line -> flow(line).stream())
                    .filter(flow -> addresses.contains(flow.source()))
                    .forEach(flows::add);
        }
        return flows;
    }

    private Command.Result delete(InetAddress address) throws RouterException {
        String family = Family.of(address).word();
        Command.Result result = connection.run("conntrack", "-D", "-f", family, "-s", Addresses.text(address));
        return Programs.require(result, "conntrack", "conntrack");
    }

    static Optional<OpenFlow> flow(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Optional<InetAddress> source = Addresses.tryParse(matcher.group(2));
        Optional<InetAddress> destination = Addresses.tryParse(matcher.group(3));
        int protocol = Integer.parseInt(matcher.group(1));
        if (source.isEmpty() || destination.isEmpty() || protocol > 255) {
            return Optional.empty();
        }
        int sourcePort = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
        int port = matcher.group(5) == null ? 0 : Integer.parseInt(matcher.group(5));
        return Optional.of(
                new OpenFlow(source.get(), sourcePort, new Endpoint(destination.get(), new Protocol(protocol), port)));
    }
}
