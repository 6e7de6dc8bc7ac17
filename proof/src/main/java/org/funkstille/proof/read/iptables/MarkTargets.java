package org.funkstille.proof.read.iptables;

import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;

/** {@code MARK}, {@code CONNMARK}, {@code HMARK}: {@code net/netfilter/xt_mark.c}, {@code xt_connmark.c}. */
final class MarkTargets {

    private static final long ALL = 0xffff_ffffL;

    private MarkTargets() {}

    static List<Outcome> mark(Extension target, Context context) throws NotUnderstood {
        return Outcome.of(set(Field.MARK, single(target)));
    }

    static List<Outcome> hashMark(Extension target, Context context) {
        return Outcome.of(new Effect.Assign(Field.MARK, Field.MARK.all()));
    }

    /** A packet without a flow stays as it is. */
    static List<Outcome> connmark(Extension target, Context context) throws NotUnderstood {
        Effect effect;
        if (target.has("--save-mark")) {
            effect = new Effect.CopyMark(
                    Field.MARK, mask(target, "--nfmask"), Field.FLOW_MARK, mask(target, "--ctmask"));
        } else if (target.has("--restore-mark")) {
            effect = new Effect.CopyMark(
                    Field.FLOW_MARK, mask(target, "--ctmask"), Field.MARK, mask(target, "--nfmask"));
        } else {
            effect = set(Field.FLOW_MARK, single(target));
        }
        return List.of(new Outcome(FlowMatches.HAS_FLOW, List.of(effect), Action.CONTINUE));
    }

    private static Option single(Extension target) throws NotUnderstood {
        if (target.options().size() != 1 || target.options().getFirst().negated()) {
            throw new NotUnderstood(target.toString());
        }
        return target.options().getFirst();
    }

    /** {@code --mask} stands for both masks. */
    private static long mask(Extension target, String name) throws NotUnderstood {
        long mask = ALL;
        for (Option option : target.options()) {
            if (option.name().equals(name) || option.name().equals("--mask")) {
                mask = Numbers.number(option.value());
            } else if (!List.of("--save-mark", "--restore-mark", "--nfmask", "--ctmask")
                    .contains(option.name())) {
                throw Match.strange(option);
            }
        }
        return mask;
    }

    private static Effect set(Field field, Option option) throws NotUnderstood {
        String text = option.value();
        int slash = text.indexOf('/');
        long value = Numbers.number(slash < 0 ? text : text.substring(0, slash));
        long mask = slash < 0 ? ALL : Numbers.number(text.substring(slash + 1));
        boolean masked = slash >= 0;
        return switch (option.name()) {
            case "--set-xmark" -> new Effect.SetMark(field, ALL & ~mask, value);
            case "--set-mark" -> new Effect.SetMark(field, ALL & ~(mask | value), value);
            case "--and-mark" -> new Effect.SetMark(field, unmasked(masked, value, option), 0);
            case "--or-mark" -> new Effect.SetMark(field, ALL & ~unmasked(masked, value, option), value);
            case "--xor-mark" -> new Effect.SetMark(field, ALL, unmasked(masked, value, option));
            default -> throw Match.strange(option);
        };
    }

    private static long unmasked(boolean masked, long value, Option option) throws NotUnderstood {
        if (masked) {
            throw Match.strange(option);
        }
        return value;
    }
}
