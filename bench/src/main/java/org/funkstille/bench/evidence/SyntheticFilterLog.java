package org.funkstille.bench.evidence;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.funkstille.evidence.filterlog.Meaning;

/**
 * A made-up log of two routers, a pfSense and an OPNsense: of ten lines, seven from our rules, two from the default
 * rules, and one from elsewhere; IPv4 and IPv6; TCP, UDP and ICMP; 60 devices with up to 400 destinations each. What it
 * holds of ours is counted meanwhile, to compare.
 */
final class SyntheticFilterLog {

    private static final String[] PFSENSE_RULES = {"1700000000", "1700000001", "1700000002"};
    private static final String[] OPNSENSE_RULES = {
        "0d7a2d2e-6a3c-4d0c-9a3e-5d1f9a7b1c2d",
        "5b4e6c0a-2f1d-4b53-8f0f-7c9a4f1f2e6b",
        "c2f0a9d4-91b7-4a35-b2c8-1e8d7f6a5b4c"
    };
    private static final String PFSENSE_DEFAULT = "1000000103";
    private static final String OPNSENSE_DEFAULT = "02f4bab031b57d1e30553ce08e0ec131";
    private static final int DEVICES = 60;
    private static final int DESTINATIONS = 400;

    private final SplittableRandom random = new SplittableRandom(20261123);
    private final Random bell = new Random(20261123);
    private final Map<String, Long> expected = new HashMap<>();

    static Map<String, Meaning> rules() {
        Map<String, Meaning> rules = new HashMap<>();
        for (String rule : PFSENSE_RULES) {
            rules.put(rule, Meaning.REFUSES);
        }
        for (String rule : OPNSENSE_RULES) {
            rules.put(rule, Meaning.REFUSES);
        }
        return rules;
    }

    /**
     * @return packets that our rules refused, by {@code source,destination,protocol,port}
     */
    Map<String, Long> write(Path file, long lines) throws IOException {
        try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long line = 0; line < lines; line++) {
                stream.write(line().getBytes(StandardCharsets.US_ASCII));
                stream.write('\n');
            }
        }
        return expected;
    }

    private String line() {
        boolean pfSense = random.nextBoolean();
        int kind = random.nextInt(10);
        String head = pfSense
                ? "<134>Nov 23 10:" + two(60) + ":" + two(60) + " filterlog[41893]: "
                : "<134>1 2026-11-23T10:" + two(60) + ":" + two(60)
                        + "+01:00 OPNsense.localdomain filterlog 70387 - [meta sequenceId=\"" + random.nextInt(1 << 24)
                        + "\"] ";
        if (kind == 9) {
            return head.replace("filterlog", "dhcpd")
                    + "DHCPACK on 192.168.1.77 to 54:48:e6:00:00:01 (camera), again, via em1";
        }
        boolean ours = kind < 7;
        String rule = ours
                ? (pfSense ? PFSENSE_RULES : OPNSENSE_RULES)[random.nextInt(3)]
                : pfSense ? PFSENSE_DEFAULT : OPNSENSE_DEFAULT;
        return head + random.nextInt(150) + ",,," + rule + "," + (pfSense ? "em1" : "vlan0.116") + ",match,block,in,"
                + packet(ours);
    }

    private String packet(boolean ours) {
        int device = random.nextInt(DEVICES);
        int destination = (int) Math.min(DESTINATIONS - 1, Math.abs(bell.nextGaussian()) * DESTINATIONS / 4);
        boolean ipv6 = destination % 4 == 3;
        int protocol = switch (destination % 5) {
            case 0, 1 -> 6;
            case 2, 3 -> 17;
            default -> ipv6 ? 58 : 1;
        };
        int port = protocol == 6 ? 443 : protocol == 17 ? 1024 + destination : 0;
        String source = ipv6
                ? "2001:db8:1:0:5648:e6ff:fe00:" + Integer.toHexString(0x100 + device)
                : "192.168.1." + (20 + device);
        String to = ipv6
                ? "2001:db8:f000::" + Integer.toHexString(1 + destination)
                : "203.0." + device + "." + destination % 256;
        if (ours) {
            expected.merge(source + "," + to + "," + protocol + "," + port, 1L, Long::sum);
        }
        String addresses = (40 + random.nextInt(100)) + "," + source + "," + to + ",";
        return (ipv6
                        ? "6,0x00,0x6cfd7,64," + name(protocol) + "," + protocol + ","
                        : "4,0x0,,64," + random.nextInt(65536) + ",0,DF," + protocol + "," + name(protocol) + ",")
                + addresses
                + transport(protocol, port);
    }

    private String transport(int protocol, int port) {
        int from = 32768 + random.nextInt(28000);
        return switch (protocol) {
            case 6 ->
                from + "," + port + ",0,S," + Integer.toUnsignedString(random.nextInt())
                        + ",,64240,,mss;sackOK;TS;nop;wscale";
            case 17 -> from + "," + port + "," + random.nextInt(8, 500);
            case 1 -> "request," + random.nextInt(65536) + "," + random.nextInt(100);
            default -> "";
        };
    }

    private static String name(int protocol) {
        return switch (protocol) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case 1 -> "icmp";
            default -> "ipv6-icmp";
        };
    }

    private String two(int bound) {
        int number = random.nextInt(bound);
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
