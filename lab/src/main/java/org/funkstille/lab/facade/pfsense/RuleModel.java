package org.funkstille.lab.facade.pfsense;

import java.util.List;
import org.funkstille.lab.facade.pf.PfAddress;

/** Firewall rules: RESTAPI/Models/FirewallRule.inc. */
final class RuleModel {

    private static final String[] FLAGS = {"fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"};

    private final Configuration configuration;

    private RuleModel(Configuration configuration) {
        this.configuration = configuration;
    }

    static Model of(Configuration configuration) {
        return new RuleModel(configuration).model();
    }

    private Model model() {
        return Model.of("Firewall Rule", fields())
                .atLeast(1)
                .completedBy(this::completed)
                .checkedBy(this::check);
    }

    private List<Field> fields() {
        return List.of(
                Field.string("type").mustBeGiven().oneOf("pass", "block", "reject"),
                Field.string("interface").list().mustBeGiven().checked(this::interfaceId),
                Field.string("ipprotocol").mustBeGiven().oneOf("inet", "inet6", "inet46"),
                Field.string("protocol")
                        .orNull()
                        .oneOf(
                                "tcp", "udp", "tcp/udp", "icmp", "esp", "ah", "gre", "ipv6", "igmp", "pim", "ospf",
                                "carp", "pfsync"),
                Field.string("icmptype")
                        .list()
                        .otherwise(Json.texts(List.of("any")))
                        .oneOf(
                                "any",
                                "althost",
                                "dataconv",
                                "echorep",
                                "echoreq",
                                "inforep",
                                "inforeq",
                                "ipv6-here",
                                "ipv6-where",
                                "maskrep",
                                "maskreq",
                                "mobredir",
                                "mobregrep",
                                "mobregreq",
                                "paramprob",
                                "photuris",
                                "redir",
                                "routeradv",
                                "routersol",
                                "skip",
                                "squench",
                                "timerep",
                                "timereq",
                                "timex",
                                "trace",
                                "unreach")
                        .when(rule -> rule.get("protocol").plain().equals("icmp")),
                Field.string("source").mustBeGiven().checked(this::address),
                Field.string("source_port").orNull().when(RuleModel::hasPorts).checked(this::ports),
                Field.string("destination").mustBeGiven().checked(this::address),
                Field.string("destination_port")
                        .orNull()
                        .when(RuleModel::hasPorts)
                        .checked(this::ports),
                Field.string("descr"),
                Field.bool("disabled"),
                Field.bool("log"),
                Field.string("tag"),
                Field.string("statetype")
                        .otherwise(Json.of("keep state"))
                        .oneOf("keep state", "sloppy state", "synproxy state", "none"),
                Field.bool("tcp_flags_any"),
                Field.string("tcp_flags_out_of").list().orNull().oneOf(FLAGS),
                Field.string("tcp_flags_set").list().orNull().oneOf(FLAGS),
                Field.string("gateway").orNull(),
                Field.string("sched").orNull().checked(this::schedule),
                Field.string("dnpipe").orNull(),
                Field.string("pdnpipe").orNull(),
                Field.string("defaultqueue").orNull(),
                Field.string("ackqueue").orNull(),
                Field.bool("floating").fixed(),
                Field.bool("quick").when(RuleModel::isFloating),
                Field.string("direction")
                        .otherwise(Json.of("any"))
                        .oneOf("any", "in", "out")
                        .when(RuleModel::isFloating),
                Field.integer("tracker").ofSystem(),
                Field.string("associated_rule_id").ofSystem(),
                Field.integer("created_time").ofSystem(),
                Field.string("created_by").ofSystem(),
                Field.integer("updated_time").ofSystem(),
                Field.string("updated_by").ofSystem());
    }

    private static boolean isFloating(Json.Fields rule) {
        return rule.get("floating").isTrue();
    }

    private static boolean hasPorts(Json.Fields rule) {
        return List.of("tcp", "udp", "tcp/udp").contains(rule.get("protocol").plain());
    }

    /** The tracker is the second of the creation, so rules made within one second share it. */
    private Json.Fields completed(Json.Fields before, Json.Fields rule) {
        Json now = Json.of(configuration.time().unixSecond());
        Json who = Json.of(configuration.author());
        Json.Fields complete = before.values().isEmpty()
                ? rule.with("tracker", now).with("created_time", now).with("created_by", who)
                : rule;
        return complete.with("updated_time", now).with("updated_by", who);
    }

    private void check(Json.Fields rule) {
        if (!isFloating(rule) && rule.get("interface").plainItems().size() > 1) {
            throw ApiError.invalid(
                    "FIREWALL_RULE_MULTIPLE_INTERFACE_WITHOUT_FLOATING",
                    "Field `interface` cannot contain more than one value unless `floating` is enabled.");
        }
        if (rule.get("statetype").plain().equals("synproxy state")
                && !rule.get("protocol").plain().equals("tcp")) {
            throw ApiError.invalid(
                    "FIREWALL_RULE_SYNPROXY_STATE_TYPE_WITH_NON_TCP_PROTOCOL",
                    "Field `statetype` cannot be set to `synproxy state` unless `protocol` is set to `tcp`.");
        }
    }

    private String interfaceId(String name) {
        return name.equals("any")
                ? name
                : configuration
                        .interfaceCalled(name)
                        .map(HomeInterface::id)
                        .orElseThrow(() -> ApiError.invalid(
                                "INTERFACE_FIELD_INTERFACE_NOT_FOUND", "Interface `" + name + "` does not exist."));
    }

    /** Whether its family fits the rule's is not looked at. */
    private String address(String text) {
        String plain = text.startsWith("!") ? text.substring(1) : text;
        String of = plain.endsWith(":ip") ? plain.substring(0, plain.length() - 3) : plain;
        boolean known = List.of("any", "(self)", "l2tp", "pppoe").contains(plain)
                || PfAddress.Net.tryParse(plain).isPresent()
                || configuration.interfaceCalled(of).isPresent()
                || configuration
                        .alias(plain)
                        .filter(alias -> !alias.get("type").plain().equals("port"))
                        .isPresent();
        if (!known) {
            throw ApiError.invalid("FILTER_ADDRESS_FIELD_INVALID", "`" + text + "` is not a valid filter address.");
        }
        return text;
    }

    private String ports(String text) {
        boolean known = text.matches("[0-9]{1,5}(:[0-9]{1,5})?")
                || configuration
                        .alias(text)
                        .filter(alias -> alias.get("type").plain().equals("port"))
                        .isPresent();
        if (!known) {
            throw ApiError.invalid("PORT_FIELD_INVALID", "`" + text + "` is not a valid port, range or alias.");
        }
        return text;
    }

    private String schedule(String name) {
        if (configuration.schedules().named(name).isEmpty()) {
            throw ApiError.notFound(
                    "Field `sched` could not locate `FirewallSchedule` object with `name` set to `" + name + "`");
        }
        return name;
    }
}
