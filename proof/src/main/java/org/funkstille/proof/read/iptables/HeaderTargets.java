package org.funkstille.proof.read.iptables;

import java.util.List;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.house.AddressSets;

/** Targets that change a header's field and go on: {@code TTL}, {@code HL}, {@code DSCP}, {@code TOS}, {@code CT}. */
final class HeaderTargets {

    private HeaderTargets() {}

    /** A changed lifetime stops no packet that a device could not send with a longer one. */
    static List<Outcome> hops(Extension target, Context context) throws NotUnderstood {
        Option option = only(target);
        return switch (option.name()) {
            case "--ttl-set", "--hl-set" ->
                Outcome.of(new Effect.Assign(
                        Field.HOP_LIMIT, Field.HOP_LIMIT.only(Numbers.number(Field.HOP_LIMIT, option.value()))));
            case "--ttl-inc", "--ttl-dec", "--hl-inc", "--hl-dec" ->
                Outcome.of(new Effect.Assign(Field.HOP_LIMIT, Field.HOP_LIMIT.all()));
            default -> throw Match.strange(option);
        };
    }

    static List<Outcome> dscp(Extension target, Context context) throws NotUnderstood {
        Option option = only(target);
        return switch (option.name()) {
            case "--set-dscp" ->
                Outcome.of(new Effect.Assign(Field.DSCP, Field.DSCP.only(Numbers.number(Field.DSCP, option.value()))));
            default -> Outcome.of(new Effect.Assign(Field.DSCP, Field.DSCP.all()));
        };
    }

    static List<Outcome> tos(Extension target, Context context) throws NotUnderstood {
        Option option = only(target);
        boolean whole = option.name().equals("--set-tos") && option.value().matches("0x[0-9a-fA-F]{1,2}(/0xff)?");
        if (!whole) {
            return Outcome.of(new Effect.Assign(Field.DSCP, Field.DSCP.all()));
        }
        String value = option.value().replace("/0xff", "");
        return Outcome.of(new Effect.Assign(Field.DSCP, Field.DSCP.only(Numbers.number(value) >> 2)));
    }

    /** Helpers, zones and timeouts of tracking change nothing for a flow's first packet. */
    static List<Outcome> tracking(Extension target, Context context) {
        return target.has("--notrack") ? Outcome.of(new Effect.NoTrack()) : Outcome.of();
    }

    /** A copy goes to another host, by whatever way leads there. */
    static List<Outcome> copy(Extension target, Context context) throws NotUnderstood {
        boolean inHouse = context.surroundings()
                .house()
                .addresses(context.family())
                .containsAll(AddressSets.of(AddressText.address(
                        context.family(),
                        target.option("--gateway")
                                .orElseThrow(() -> new NotUnderstood("no --gateway"))
                                .value())));
        return inHouse ? Outcome.of() : Outcome.of(new Effect.Unclear(target.toString()));
    }

    private static Option only(Extension target) throws NotUnderstood {
        if (target.options().size() != 1) {
            throw new NotUnderstood(target.toString());
        }
        return target.options().getFirst();
    }
}
