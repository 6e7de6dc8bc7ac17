package org.funkstille.proof.smt;

import java.util.ArrayList;
import java.util.List;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.BaseChain;
import org.funkstille.proof.filter.Chain;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.filter.Hook;
import org.funkstille.proof.filter.Interfaces;
import org.funkstille.proof.filter.RuleSet;
import org.funkstille.proof.filter.RuleSet.Platform;
import org.funkstille.proof.question.Question;
import org.funkstille.proof.question.Space;
import org.funkstille.proof.sets.Range;
import org.funkstille.proof.sets.ValueSet;

/** The packet's way through the hooks. */
final class WayText {

    private static final ValueSet TO_ROUTER =
            ValueSet.of(Field.DESTINATION_TYPE.bits(), Range.of(Field.TYPE_LOCAL, Field.TYPE_MULTICAST));

    private final RuleSet rules;
    private final Question question;
    private final Space space;
    private final Lines lines;
    private final Fields fields;
    private final Steps steps;
    private final ConditionText conditions;
    private final EffectText effects;

    WayText(RuleSet rules, Question question, Space space, Lines lines, Fields fields, SetTests tests) {
        this.rules = rules;
        this.question = question;
        this.space = space;
        this.lines = lines;
        this.fields = fields;
        this.steps = new Steps(lines);
        this.conditions = new ConditionText(lines, fields, tests, space.interfaces(), question.at());
        this.effects = new EffectText(fields, conditions, space.interfaces());
    }

    void write() throws TooLarge {
        String routed = arrive();

        lines.comment("Routing.");
        String noRoute = conditions.is(Field.OUT_INTERFACE, Interfaces.NONE);
        String delivered = Terms.and(routed, noRoute, conditions.in(Field.DESTINATION_TYPE, TO_ROUTER));
        String byRule = Terms.and(routed, Terms.not(noRoute), conditions.in(Field.OUT_INTERFACE, space.outside()));
        String byTable = space.outside().isEmpty()
                ? Terms.FALSE
                : Terms.and(
                        routed,
                        noRoute,
                        conditions.is(Field.DESTINATION_TYPE, Field.TYPE_UNICAST),
                        Terms.not(conditions.in(Field.DESTINATION, space.inside())));
        lines.define("to-router", Terms.BOOL, delivered);
        lines.define("by-routing-table", Terms.BOOL, byTable);
        String forwarded = Terms.and(Terms.or(byRule, "by-routing-table"), conditions.of(space.forwarded()));
        lines.define("to-outside", Terms.BOOL, forwarded);
        lines.comment("Forwarding takes one off the hop limit.");
        fields.change(Field.HOP_LIMIT, "to-outside", less(Field.HOP_LIMIT));
        if (!space.outside().isEmpty()) {
            String leavesBy = conditions.oneOf(Field.OUT_INTERFACE, space.outside());
            fields.change(Field.OUT_INTERFACE, "by-routing-table", leavesBy);
        }

        List<String> escapes = new ArrayList<>();
        String left = through(Hook.EGRESS, through(Hook.POSTROUTING, through(Hook.FORWARD, "to-outside")));
        lines.define("left-the-house", Terms.BOOL, left);
        escapes.add("left-the-house");
        String reached = through(Hook.INPUT, "to-router");
        if (question.services()) {
            String service = Terms.and(reached, Terms.not(conditions.of(Space.harmlessAtRouter())));
            lines.define("reached-a-service", Terms.BOOL, service);
            escapes.add("reached-a-service");
        }
        escapes.addAll(effects.escaped());
        lines.comment("It gets out.");
        lines.line("(assert " + Terms.or(escapes) + ")");
    }

    private String less(Field field) {
        return "(bvsub " + fields.get(field) + " " + Terms.number(field, 1) + ")";
    }

    private String arrive() throws TooLarge {
        boolean tracking = rules.platform() == Platform.NETFILTER;
        if (tracking) {
            lines.comment("Before connection tracking no packet's state is known.");
            fields.change(Field.STATE, Terms.TRUE, Terms.number(Field.STATE, Field.STATE_INVALID));
        }
        String here = through(Hook.INGRESS, Terms.TRUE);
        boolean before = true;
        for (BaseChain base : rules.at(Hook.PREROUTING)) {
            if (before && base.priority() >= BaseChain.CONNECTION_TRACKING) {
                track(tracking);
                before = false;
            }
            here = through(base, here);
        }
        if (before) {
            track(tracking);
        }
        return here;
    }

    private void track(boolean tracking) throws TooLarge {
        if (tracking) {
            lines.comment("Connection tracking.");
            String state = Terms.ite(
                    effects.untracked(), Terms.number(Field.STATE, Field.STATE_UNTRACKED), fields.sent(Field.STATE));
            fields.change(Field.STATE, Terms.TRUE, state);
        }
    }

    private String through(Hook hook, String here) throws TooLarge {
        String on = here;
        for (BaseChain base : rules.at(hook)) {
            on = through(base, on);
        }
        return on;
    }

    private String through(BaseChain base, String here) throws TooLarge {
        Chain chain = rules.chain(base.chain());
        int number = steps.next();
        lines.comment("---- " + base.hook() + ": " + base.chain() + " (" + base.source() + ")");
        String guard = conditions.of(base.guard());
        if (base.translation() && rules.platform() == Platform.NETFILTER) {
            guard = Terms.and(
                    guard,
                    conditions.is(Field.STATE, Field.STATE_NEW),
                    conditions.is(Field.DIRECTION, 0),
                    conditions.in(Field.FLOW_STATUS, untranslated(base.hook())));
        }
        String enters = steps.define("enters", number, Terms.and(here, guard));
        String policy = switch (base.policy()) {
            case Action.Accept() -> Terms.TRUE;
            case Action.Drop _ -> Terms.FALSE;
            default -> conditions.free("unknown", base.source().text());
        };
        String passed = switch (base.matching()) {
            case FIRST -> firstMatch(chain, enters, policy);
            case LAST -> new LastMatchText(lines, fields, steps, conditions, effects).run(chain, enters, policy);
        };
        String passesBy = enters.equals(here) ? Terms.FALSE : Terms.and(here, Terms.not(enters));
        return steps.define("passed", number, Terms.or(passesBy, passed));
    }

    /** Linux translates each kind of address once in a flow (nf_nat_inet_fn): bit 1 the source, 2 the destination. */
    private static ValueSet untranslated(Hook hook) {
        int other = hook == Hook.INPUT || hook == Hook.POSTROUTING ? 2 : 1;
        return Field.FLOW_STATUS.only(0).union(Field.FLOW_STATUS.only(other));
    }

    private String firstMatch(Chain chain, String enters, String policy) throws TooLarge {
        FirstMatchText text = new FirstMatchText(rules, lines, steps, conditions, effects);
        String returned = text.run(chain, enters);
        return Terms.or(text.accepted(), Terms.and(returned, policy));
    }
}
