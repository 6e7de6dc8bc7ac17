package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.funkstille.core.net.Addresses;
import org.funkstille.core.net.Family;
import org.funkstille.lab.facade.pf.PfAddress;
import org.funkstille.lab.facade.pf.PfHost;
import org.funkstille.lab.facade.pf.PfPorts;
import org.funkstille.lab.facade.pf.PfRule;
import org.funkstille.lab.facade.pf.PfRule.Direction;
import org.funkstille.lab.facade.pf.PfRuleBuilder;
import org.funkstille.lab.facade.pf.PfStatement;

/**
 * The owner's rules as {@code filter.inc} writes them: floating ones first, then those of the interfaces, each in the
 * order of the configuration. Nothing checks whether a literal address fits the family that is written beside it.
 */
final class UserRules {

    private static final Map<String, Integer> ICMP = Map.of(
            "echorep",
            0,
            "unreach",
            3,
            "squench",
            4,
            "redir",
            5,
            "echoreq",
            8,
            "routeradv",
            9,
            "routersol",
            10,
            "timex",
            11,
            "paramprob",
            12,
            "timereq",
            13);

    private static final Map<String, Integer> ICMP6 = Map.of(
            "unreach",
            1,
            "timex",
            3,
            "paramprob",
            4,
            "echoreq",
            128,
            "echorep",
            129,
            "routersol",
            133,
            "routeradv",
            134,
            "redir",
            137);

    /** filter.inc, fix_rule_label: pf has room for 63 letters. */
    private static final int LONGEST_LABEL = 63;

    private final Configuration configuration;

    UserRules(Configuration configuration) {
        this.configuration = configuration;
    }

    List<PfStatement> statements() {
        List<PfStatement> result = new ArrayList<>();
        for (boolean floating : new boolean[] {true, false}) {
            for (Json.Fields rule : configuration.rules().objects()) {
                if (rule.get("floating").isTrue() == floating
                        && !rule.get("disabled").isTrue()) {
                    result.addAll(statements(rule));
                }
            }
        }
        return result;
    }

    private List<PfStatement> statements(Json.Fields rule) {
        Optional<Json.Fields> schedule =
                configuration.schedules().named(rule.get("sched").plain());
        if (schedule.isPresent() && !configuration.schedules().isActive(schedule.get())) {
            return List.of(PfStatement.comment(
                    "# schedule finished - " + rule.get("descr").plain() + "\n"));
        }
        // A schedule that is gone does not take its rules along: they are written without an end.
        Optional<String> label =
                schedule.map(found -> "s:" + found.get("schedlabel").plain());
        List<PfStatement> result = new ArrayList<>();
        for (Family family : Family.values()) {
            String wanted = rule.get("ipprotocol").plain();
            if (wanted.equals("inet46") || wanted.equals(family == Family.IPV4 ? "inet" : "inet6")) {
                result.add(new One(rule, family, label).statement());
            }
        }
        return result;
    }

    /** A rule for one family. */
    private final class One {

        private final Json.Fields rule;
        private final Family family;
        private final List<String> labels = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        One(Json.Fields rule, Family family, Optional<String> scheduleLabel) {
            this.rule = rule;
            this.family = family;
            labels.add(shortened("USER_RULE: " + field("descr")));
            labels.add("id:" + tracker());
            scheduleLabel.ifPresent(labels::add);
        }

        private String field(String name) {
            return rule.get(name).plain();
        }

        /** pfSense's own two rules have a leading zero. */
        private String tracker() {
            String tracker = field("tracker");
            return tracker.length() == 9 ? "0" + tracker : tracker;
        }

        private static String shortened(String label) {
            String plain = label.replace("\"", "");
            return plain.length() > LONGEST_LABEL ? plain.substring(0, LONGEST_LABEL - 3) + "..." : plain;
        }

        PfStatement statement() {
            boolean floating = rule.get("floating").isTrue();
            boolean quick = !floating || rule.get("quick").isTrue();
            Direction direction = direction(floating);
            PfRuleBuilder builder =
                    builder(direction).log(rule.get("log").isTrue()).quick(quick);
            text.append(
                    switch (field("type")) {
                        case "reject" -> "block return";
                        default -> field("type");
                    });
            text.append(
                    switch (direction) {
                        case IN -> "  in";
                        case OUT -> "  out";
                        case ANY -> "";
                    });
            text.append(rule.get("log").isTrue() ? " log" : "").append(quick ? "  quick" : "");
            interfaces(builder, floating);
            builder.family(family);
            text.append(family == Family.IPV4 ? " inet" : " inet6");
            protocol(builder);
            text.append(" from ");
            PfHost source = host(field("source"));
            List<PfPorts> from = ports("source_port");
            text.append(" to ");
            PfHost destination = host(field("destination"));
            List<PfPorts> to = ports("destination_port");
            builder.from(source, from).to(destination, to);
            icmpTypes(builder);
            options(builder);
            return PfStatement.of(text.append('\n').toString(), builder.build());
        }

        private Direction direction(boolean floating) {
            return switch (floating ? field("direction") : "in") {
                case "in" -> Direction.IN;
                case "out" -> Direction.OUT;
                default -> Direction.ANY;
            };
        }

        private PfRuleBuilder builder(Direction direction) {
            return switch (field("type")) {
                case "pass" -> PfRule.pass(direction);
                case "reject" -> PfRule.blockReturn(direction);
                default -> PfRule.block(direction);
            };
        }

        private void interfaces(PfRuleBuilder builder, boolean floating) {
            List<String> ids = rule.get("interface").plainItems();
            if (ids.contains("any")) {
                return;
            }
            List<HomeInterface> on = ids.stream()
                    .map(id -> configuration.interfaceCalled(id).orElseThrow())
                    .toList();
            List<String> real = on.stream().map(one -> one.real().name()).toList();
            text.append(
                    floating
                            ? " on {  " + String.join("  ", real) + "  }"
                            : " on $" + on.getFirst().descr());
            builder.on(real);
        }

        private void protocol(PfRuleBuilder builder) {
            List<String> protocols = switch (field("protocol")) {
                case "" -> List.of();
                case "tcp/udp" -> List.of("tcp", "udp");
                case "icmp" -> List.of(family == Family.IPV4 ? "icmp" : "ipv6-icmp");
                default -> List.of(field("protocol"));
            };
            builder.protocols(protocols);
            if (!protocols.isEmpty()) {
                String list = protocols.size() == 1 ? protocols.getFirst() : "{ " + String.join(" ", protocols) + " }";
                text.append(" proto ").append(list).append(' ');
            }
        }

        private PfHost host(String address) {
            boolean negated = address.startsWith("!");
            String plain = negated ? address.substring(1) : address;
            text.append(negated ? "! " : "");
            PfHost host = plainHost(plain);
            return negated ? host.not() : host;
        }

        private PfHost plainHost(String address) {
            if (address.equals("any")) {
                text.append("any");
                return PfHost.ANY;
            }
            if (address.equals("(self)")) {
                text.append("(self)");
                return PfHost.of(new PfAddress.Self());
            }
            if (PfAddress.Net.tryParse(address).isPresent()) {
                text.append(address);
                return PfHost.of(address);
            }
            if (address.endsWith(":ip")) {
                HomeInterface one = configuration
                        .interfaceCalled(address.substring(0, address.length() - 3))
                        .orElseThrow();
                String own = Addresses.text(one.address(family).orElseThrow().address());
                text.append(own);
                return PfHost.of(own);
            }
            String table = configuration
                    .interfaceCalled(address)
                    .map(HomeInterface::networkTable)
                    .orElse(address);
            text.append('$').append(table);
            return PfHost.table(table);
        }

        private List<PfPorts> ports(String name) {
            String port = field(name);
            if (port.isEmpty()) {
                return List.of();
            }
            boolean literal = port.matches("[0-9:]+");
            text.append(" port ").append(literal ? port : "$" + port);
            return literal ? List.of(Aliases.ports(port)) : new Aliases(configuration).ports(List.of(port));
        }

        private void icmpTypes(PfRuleBuilder builder) {
            List<String> names = rule.get("icmptype").plainItems();
            if (names.isEmpty() || names.contains("any")) {
                return;
            }
            text.append(family == Family.IPV4 ? " icmp-type " : " icmp6-type ");
            text.append(names.size() == 1 ? names.getFirst() : "{ " + String.join(",", names) + " }");
            Map<String, Integer> numbers = family == Family.IPV4 ? ICMP : ICMP6;
            builder.icmpTypes(names.stream()
                    .map(name -> Optional.ofNullable(numbers.get(name)).orElse(255))
                    .toArray(Integer[]::new));
        }

        private void options(PfRuleBuilder builder) {
            boolean stateless = field("statetype").equals("none");
            text.append(field("tag").isEmpty() ? "" : "  tag \"" + field("tag") + "\"");
            text.append(" ridentifier ").append(tracker());
            builder.identifier(Long.parseLong(field("tracker"))).stateOptions("if-bound");
            if (field("protocol").equals("tcp") && !rule.get("tcp_flags_any").isTrue()) {
                text.append(" flags S/SA");
                if (!field("type").equals("pass")) {
                    builder.word("flags S/SA");
                }
            }
            if (field("type").equals("pass")) {
                text.append(stateless ? " no state" : " keep state");
                if (stateless) {
                    builder.noState();
                }
            }
            for (String label : labels) {
                text.append(" label \"").append(label).append('"');
                builder.label(label);
            }
        }
    }
}
