package org.funkstille.lab.facade.pf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfRule.Action;
import org.funkstille.lab.facade.pf.PfRule.Direction;

/** Puts a {@link PfRule} together. A pass rule keeps state unless told otherwise, as pf does. */
public final class PfRuleBuilder {

    private final Action action;
    private final Direction direction;
    private boolean log;
    private boolean quick;
    private List<String> interfaces = List.of();
    private boolean notInterfaces;
    private Optional<Family> family = Optional.empty();
    private List<String> protocols = List.of();
    private PfHost source = PfHost.ANY;
    private List<PfPorts> sourcePorts = List.of();
    private PfHost destination = PfHost.ANY;
    private List<PfPorts> destinationPorts = List.of();
    private List<Integer> icmpTypes = List.of();
    private boolean keepsState;
    private String stateOptions = "";
    private final List<String> words = new ArrayList<>();
    private String routing = "";
    private final List<String> labels = new ArrayList<>();
    private long identifier;
    private String anchor = "";

    PfRuleBuilder(Action action, Direction direction) {
        this.action = action;
        this.direction = direction;
        this.keepsState = action == Action.PASS;
    }

    public PfRuleBuilder log() {
        return log(true);
    }

    public PfRuleBuilder log(boolean wanted) {
        log = wanted;
        return this;
    }

    public PfRuleBuilder quick() {
        return quick(true);
    }

    public PfRuleBuilder quick(boolean wanted) {
        quick = wanted;
        return this;
    }

    public PfRuleBuilder on(String... names) {
        return on(Arrays.asList(names));
    }

    public PfRuleBuilder on(List<String> names) {
        interfaces = names;
        return this;
    }

    public PfRuleBuilder notOn(String name) {
        interfaces = List.of(name);
        notInterfaces = true;
        return this;
    }

    public PfRuleBuilder family(Family only) {
        return family(Optional.of(only));
    }

    public PfRuleBuilder family(Optional<Family> wanted) {
        family = wanted;
        return this;
    }

    public PfRuleBuilder protocols(String... names) {
        return protocols(Arrays.asList(names));
    }

    public PfRuleBuilder protocols(List<String> names) {
        protocols = names;
        return this;
    }

    public PfRuleBuilder from(PfHost host, PfPorts... ports) {
        return from(host, Arrays.asList(ports));
    }

    public PfRuleBuilder from(PfHost host, List<PfPorts> ports) {
        source = host;
        sourcePorts = ports;
        return this;
    }

    public PfRuleBuilder to(PfHost host, PfPorts... ports) {
        return to(host, Arrays.asList(ports));
    }

    public PfRuleBuilder to(PfHost host, List<PfPorts> ports) {
        destination = host;
        destinationPorts = ports;
        return this;
    }

    public PfRuleBuilder icmpTypes(Integer... types) {
        icmpTypes = Arrays.asList(types);
        return this;
    }

    public PfRuleBuilder noState() {
        keepsState = false;
        return this;
    }

    public PfRuleBuilder stateOptions(String options) {
        stateOptions = options;
        return this;
    }

    public PfRuleBuilder word(String option) {
        words.add(option);
        return this;
    }

    public PfRuleBuilder routing(String text) {
        routing = text;
        return this;
    }

    public PfRuleBuilder label(String label) {
        labels.add(label);
        return this;
    }

    public PfRuleBuilder identifier(long number) {
        identifier = number;
        return this;
    }

    PfRuleBuilder anchor(String name) {
        anchor = name;
        return this;
    }

    public PfRule build() {
        return new PfRule(
                action,
                direction,
                log,
                quick,
                interfaces,
                notInterfaces,
                family,
                new PfRule.Match(protocols, source, sourcePorts, destination, destinationPorts, icmpTypes),
                new PfRule.Options(keepsState, stateOptions, words, routing, labels, identifier, anchor));
    }
}
