package org.funkstille.proof.read.iptables;

import java.util.Arrays;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Field;

/**
 * What {@code conntrack} asks of a flow beside its state, for packets of the flow's own direction: there, the flow's
 * original source is the packet's, its original destination the packet's unless that was translated, and the source of
 * the answers is where the packet now goes.
 */
final class FlowDetails {

    /** What a flow has only after an answer, or by a helper: never the first packet of a new one. */
    private static final Set<String> LATER = Set.of("EXPECTED", "SEEN_REPLY", "ASSURED");

    private FlowDetails() {}

    static Condition read(Option option, Family family) throws NotUnderstood {
        return switch (option.name()) {
            case "--ctproto" -> option.turned(protocol(option.value()));
            case "--ctdir" -> option.turned(direction(option.value()));
            case "--ctorigsrc" -> address(Field.SOURCE, option, family);
            case "--ctorigdst" -> original(address(Field.DESTINATION, option, family), option);
            case "--ctreplsrc" -> address(Field.DESTINATION, option, family);
            case "--ctrepldst" -> address(Field.SOURCE, option, family);
            case "--ctorigsrcport" -> port(Field.SOURCE_PORT, option);
            case "--ctorigdstport" -> original(port(Field.DESTINATION_PORT, option), option);
            case "--ctreplsrcport" -> port(Field.DESTINATION_PORT, option);
            case "--ctrepldstport" -> port(Field.SOURCE_PORT, option);
            case "--ctstatus" -> status(option);
            // How long a flow has to live is for its sender to say, by sending or not.
            case "--ctexpire" -> new Condition.Choice(option.toString());
            default -> throw Match.strange(option);
        };
    }

    private static Condition protocol(String text) throws NotUnderstood {
        return Condition.in(Field.PROTOCOL, Protocols.number(text));
    }

    private static Condition direction(String text) throws NotUnderstood {
        return switch (text) {
            case "ORIGINAL" -> Condition.in(Field.DIRECTION, 0);
            case "REPLY" -> Condition.in(Field.DIRECTION, 1);
            default -> throw new NotUnderstood("the direction " + text);
        };
    }

    private static Condition address(Field field, Option option, Family family) throws NotUnderstood {
        return forward(
                HeaderOptions.address(field, family, option, AddressText.network(family, option.value())), option);
    }

    private static Condition port(Field field, Option option) throws NotUnderstood {
        return forward(
                Condition.all(
                        Protocols.headerOf(Protocols.WITH_PORTS),
                        option.turned(Condition.in(field, Numbers.range(field, option.value(), ':')))),
                option);
    }

    /** Nothing is known of the flow's beginning by looking at an answer. */
    private static Condition forward(Condition condition, Option option) {
        return Condition.any(
                Condition.all(Condition.in(Field.DIRECTION, 0), condition),
                Condition.all(Condition.in(Field.DIRECTION, 1), new Condition.Unknown(option.toString())));
    }

    /** The destination before translation is gone from the packet. */
    private static Condition original(Condition condition, Option option) {
        Condition translated = FlowMatches.status(FlowMatches.DESTINATION_TRANSLATED);
        return Condition.any(
                Condition.all(Condition.not(translated), condition),
                Condition.all(translated, new Condition.Unknown(option.toString())));
    }

    private static Condition status(Option option) throws NotUnderstood {
        boolean onlyLater = Arrays.stream(option.value().split(",", -1)).allMatch(LATER::contains);
        // Whether a flow is confirmed, a sender decides: its second packet finds it so.
        Condition atFirst = onlyLater ? option.turned(Condition.NEVER) : new Condition.Choice(option.toString());
        return Condition.any(
                Condition.all(Condition.in(Field.STATE, Field.STATE_NEW), atFirst),
                Condition.all(
                        Condition.not(Condition.in(Field.STATE, Field.STATE_NEW)),
                        new Condition.Unknown(option.toString())));
    }
}
