package org.funkstille.evidence;

import java.io.InputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.funkstille.core.evidence.EvidenceEvent;
import org.funkstille.core.evidence.EvidenceEvent.FlowBegan;
import org.funkstille.core.evidence.EvidenceEvent.FlowEnded;
import org.funkstille.core.evidence.EvidenceSource;
import org.funkstille.core.evidence.FlowKey;
import org.funkstille.core.evidence.Traffic;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.net.Protocol;

/**
 * Reads what {@code conntrack -E -e NEW,DESTROY -o timestamp,id} prints (conntrack(8), version 1.4.7). The program drops
 * events when it is slow and says so only on its standard error, so losses are not seen here.
 */
public final class ConntrackTextReader {

    private static final Pattern LINE = Pattern.compile(
            "(?:\\[([0-9]{1,11}\\.[0-9]{1,9})]\\s*)?\\[(NEW|DESTROY)]\\s+(?:ipv[46]\\s+[0-9]+\\s+)?\\S+\\s+([0-9]{1,3})\\s(.*)");
    private static final Pattern ID = Pattern.compile(".*\\sid=([0-9]{1,10})(?:\\s.*)?");

    private final LineReader reader;
    private final Outlet outlet;

    public ConntrackTextReader(Consumer<? super EvidenceEvent> consumer, InstantSource clock) {
        outlet = new Outlet(EvidenceSource.FLOWS, consumer);
        reader = new LineReader(outlet, ConntrackTextReader::decode, clock);
    }

    /** Reads until the stream ends; the last event is {@link EvidenceEvent.Ended}. */
    public void read(InputStream stream) {
        reader.read(stream);
    }

    public EvidenceCounts counts() {
        return outlet.counts();
    }

    static Decoded decode(String line, Instant now) {
        Matcher matcher = LINE.matcher(line.strip());
        if (!matcher.matches()) {
            return Decoded.MALFORMED;
        }
        String rest = " " + matcher.group(4);
        Matcher id = ID.matcher(rest); // greedy: the last, for an echo request has an id too
        int number = Integer.parseInt(matcher.group(3));
        Optional<InetAddress> source = first(rest, "src").flatMap(Addresses::tryParse);
        Optional<InetAddress> destination = first(rest, "dst").flatMap(Addresses::tryParse);
        if (!id.matches() || number > 255 || source.isEmpty() || destination.isEmpty()) {
            return Decoded.MALFORMED;
        }
        Protocol protocol = new Protocol(number);
        long sourcePort = protocol.hasPorts() ? count(rest, "sport", 0) : 0;
        long port = protocol.hasPorts() ? count(rest, "dport", 0) : 0;
        if (sourcePort > 65535 || port > 65535) {
            return Decoded.MALFORMED;
        }
        Instant at = matcher.group(1) == null ? now : time(matcher.group(1));
        FlowKey key = new FlowKey(
                Long.parseLong(id.group(1)),
                source.get(),
                (int) sourcePort,
                new Endpoint(destination.get(), protocol, (int) port));
        if (matcher.group(2).equals("NEW")) {
            return Decoded.of(new FlowBegan(at, key));
        }
        return Decoded.of(new FlowEnded(
                at,
                key,
                new Traffic(
                        count(rest, "packets", 0),
                        count(rest, "bytes", 0),
                        count(rest, "packets", 1),
                        count(rest, "bytes", 1))));
    }

    private static Instant time(String seconds) {
        BigDecimal exact = new BigDecimal(seconds);
        long whole = exact.longValue();
        return Instant.ofEpochSecond(
                whole,
                exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    private static Optional<String> first(String text, String key) {
        return value(text, key, 0);
    }

    /** The {@code nth} value of {@code key=value}: the original direction comes before the reply. */
    private static Optional<String> value(String text, String key, int nth) {
        String wanted = " " + key + "=";
        int at = text.indexOf(wanted);
        for (int skipped = 0; at >= 0 && skipped < nth; skipped++) {
            at = text.indexOf(wanted, at + 1);
        }
        if (at < 0) {
            return Optional.empty();
        }
        int begin = at + wanted.length();
        int end = text.indexOf(' ', begin);
        return Optional.of(text.substring(begin, end < 0 ? text.length() : end));
    }

    private static long count(String text, String key, int nth) {
        return value(text, key, nth)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
