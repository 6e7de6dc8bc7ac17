package org.funkstille.core.net;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service listens, whatever protocol carries it.
 *
 * @param port 1 to 65535
 */
public record ServiceAddress(InetAddress address, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})");

    public ServiceAddress {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /** Reads {@code 192.168.1.10:5514} and {@code [fd00::10]:5514}. */
    public static Optional<ServiceAddress> tryParse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(3));
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        String host = form.group(1) != null ? form.group(1) : form.group(2);
        return Addresses.tryParse(host).map(address -> new ServiceAddress(address, port));
    }

    @Override
    public String toString() {
        String host = Addresses.text(address);
        return (Family.of(address) == Family.IPV6 ? "[" + host + "]" : host) + ":" + port;
    }
}
