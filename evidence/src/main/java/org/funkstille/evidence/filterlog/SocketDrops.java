package org.funkstille.evidence.filterlog;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How many datagrams the kernel dropped on one UDP socket, because it was full or they were damaged: the last column of
 * {@code /proc/net/udp} (proc_net(5)). Java lends no descriptor to ask the socket itself. To be used by threads that
 * stand in the socket's network namespace.
 */
final class SocketDrops {

    private final Path table;
    private final String local;
    private int lastSeen;

    private SocketDrops(Path table, String local) {
        this.table = table;
        this.local = local;
    }

    /** @throws IOException where the kernel's table does not show the socket */
    static SocketDrops of(InetSocketAddress bound) throws IOException {
        String file = bound.getAddress() instanceof Inet4Address ? "udp" : "udp6";
        SocketDrops drops = new SocketDrops(Path.of("/proc/thread-self/net/" + file), local(bound));
        drops.fresh();
        return drops;
    }

    /** Address in words of this machine's byte order, and port, as the table has them. */
    private static String local(InetSocketAddress bound) {
        InetAddress address = bound.getAddress();
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (octets.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", octets.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", bound.getPort())).toString();
    }

    /** How many more than when it was asked last. */
    long fresh() throws IOException {
        int seen = seen();
        long fresh = Integer.toUnsignedLong(seen - lastSeen); // the kernel counts with 32 bits
        lastSeen = seen;
        return fresh;
    }

    private int seen() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.strip().split(" +", -1);
                if (columns.length > 2 && columns[1].equals(local)) {
                    return (int) Long.parseLong(columns[columns.length - 1]);
                }
            }
        } catch (NumberFormatException unknown) {
            throw new IOException(table + " has another form than expected", unknown);
        }
        throw new IOException(table + " does not show our socket, so losses would go unseen");
    }
}
