package org.funkstille.evidence;

import java.util.Optional;
import org.funkstille.core.evidence.EvidenceEvent.NameResolved;
import org.funkstille.core.evidence.EvidenceEvent.Refused;

/** What a logged packet means; that depends on the group of the rule that logged it. */
@FunctionalInterface
interface PacketReading {

    Decoded read(LoggedPacket packet);

    /** Every packet was refused. */
    PacketReading REFUSAL = PacketReading::refusal;

    /** Packets may be answers of the router's resolver. */
    PacketReading DNS_ANSWER = PacketReading::dnsAnswer;

    private static Decoded refusal(LoggedPacket logged) {
        Optional<IpPacket> decoded = IpPacket.decode(logged.payload());
        if (decoded.isEmpty()) {
            return Decoded.MALFORMED;
        }
        IpPacket packet = decoded.get();
        Optional<String> query = packet.isDns(packet.destination().port())
                ? DnsMessage.decode(packet.dnsMessage())
                        .filter(message -> !message.isAnswer())
                        .map(DnsMessage::name)
                : Optional.empty();
        return Decoded.of(new Refused(
                logged.at(),
                logged.mac(),
                packet.source(),
                packet.sourcePort(),
                packet.destination(),
                query,
                logged.toRouter()));
    }

    private static Decoded dnsAnswer(LoggedPacket logged) {
        Optional<IpPacket> packet = IpPacket.decode(logged.payload());
        if (packet.isEmpty()) {
            return Decoded.MALFORMED;
        }
        if (!packet.get().isDns(packet.get().sourcePort())) {
            return Decoded.NOTHING;
        }
        Octets message = packet.get().dnsMessage();
        if (message.length() == 0) {
            return Decoded.NOTHING; // TCP: handshake and acknowledgements
        }
        Optional<DnsMessage> answer = DnsMessage.decode(message);
        if (answer.isEmpty()) {
            return Decoded.MALFORMED;
        }
        return answer.get().addresses().isEmpty()
                ? Decoded.NOTHING
                : Decoded.of(new NameResolved(
                        logged.at(), answer.get().name(), answer.get().addresses()));
    }
}
