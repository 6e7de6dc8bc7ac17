package org.funkstille.proof.read.iptables;

import org.funkstille.proof.filter.Condition;

/** What a match ({@code -m NAME}) asks of a packet. */
@FunctionalInterface
interface Match {

    Condition read(Extension match, Context context) throws NotUnderstood;

    /** What one option of a match asks. */
    @FunctionalInterface
    interface OfOption {
        Condition read(Option option) throws NotUnderstood;
    }

    /** All options must hold. */
    static Condition all(Extension match, OfOption each) throws NotUnderstood {
        Condition all = Condition.ALWAYS;
        for (Option option : match.options()) {
            all = Condition.all(all, each.read(option));
        }
        return all;
    }

    static NotUnderstood strange(Option option) {
        return new NotUnderstood("the option " + option.name());
    }
}
