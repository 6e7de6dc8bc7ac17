package org.funkstille.evidence;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Addresses;

/**
 * A DNS message with one question (RFC 1035 4.1), of which the end may be missing.
 *
 * @param name the name asked for
 * @param isAnswer true of an answer without an error, false of a query
 * @param addresses those that the answer gives to the name, directly or through aliases
 */
record DnsMessage(String name, boolean isAnswer, List<InetAddress> addresses) {

    private static final int HEADER = 12;
    private static final int RECORD_AFTER_NAME = 10;
    private static final int MOST_RECORDS = 64;
    private static final int IN = 1;
    private static final int A = 1;
    private static final int CNAME = 5;
    private static final int AAAA = 28;

    private record Owned(String owner, InetAddress address) {}

    /** Nothing where the question cannot be read, or the message is neither query nor successful answer. */
    static Optional<DnsMessage> decode(Octets message) {
        if (!message.has(0, HEADER) || message.u16(4) != 1) {
            return Optional.empty();
        }
        int flags = message.u16(2);
        boolean standard = (flags & 0x7800) == 0;
        boolean answer = (flags & 0x8000) != 0;
        Optional<DnsName> question = DnsName.decode(message, HEADER);
        if (!standard || question.isEmpty()) {
            return Optional.empty();
        }
        String name = question.get().text();
        boolean success = answer && (flags & 0xf) == 0;
        return Optional.of(new DnsMessage(
                name, answer, success ? addresses(message, name, question.get().end() + 4) : List.of()));
    }

    /** What cannot be read ends the list; what was whole before it stands. */
    private static List<InetAddress> addresses(Octets message, String question, int offset) {
        Map<String, String> aliases = new HashMap<>();
        List<Owned> found = new ArrayList<>();
        int at = offset;
        int records = Math.min(message.u16(6), MOST_RECORDS);
        for (int index = 0; index < records; index++) {
            Optional<DnsName> owner = DnsName.decode(message, at);
            if (owner.isEmpty() || !message.has(owner.get().end(), RECORD_AFTER_NAME)) {
                break;
            }
            int fixed = owner.get().end();
            int data = fixed + RECORD_AFTER_NAME;
            int length = message.u16(fixed + 8);
            if (!message.has(data, length)) {
                break;
            }
            int type = message.u16(fixed);
            if (message.u16(fixed + 2) == IN) {
                if ((type == A && length == 4) || (type == AAAA && length == 16)) {
                    found.add(new Owned(owner.get().text(), Addresses.of(message.copy(data, length))));
                } else if (type == CNAME) {
                    DnsName.decode(message, data)
                            .ifPresent(target -> aliases.put(owner.get().text(), target.text()));
                }
            }
            at = data + length;
        }
        return ofChain(question, aliases, found);
    }

    /** An answer may hold records of names that nobody asked for; those say nothing of this name. */
    private static List<InetAddress> ofChain(String question, Map<String, String> aliases, List<Owned> found) {
        Set<String> chain = new HashSet<>();
        String name = question;
        while (name != null && chain.add(name)) {
            name = aliases.get(name);
        }
        return found.stream()
                .filter(owned -> chain.contains(owned.owner()))
                .map(Owned::address)
                .distinct()
                .toList();
    }
}
