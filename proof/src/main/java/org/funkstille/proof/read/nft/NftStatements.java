package org.funkstille.proof.read.nft;

import static org.funkstille.proof.read.nft.NftWords.expression;
import static org.funkstille.proof.read.nft.NftWords.joined;
import static org.funkstille.proof.read.nft.NftWords.number;

import java.util.Optional;
import java.util.stream.Collectors;

/** The statements of a rule, in the words of {@code nft list ruleset}. */
final class NftStatements {

    private NftStatements() {}

    static String statement(Json statement) {
        Json body = statement.body();
        String kind = statement.kind();
        return switch (kind) {
            case "match" -> NftWords.match(body);
            case "accept", "drop", "return", "continue", "notrack" -> kind;
            case "jump", "goto" -> joined(kind, body.text("target"));
            case "vmap" -> NftWords.mapped(body, " vmap ");
            case "counter" -> counter(body);
            case "reject" -> reject(body);
            case "log" -> log(body);
            case "limit" -> limit(body);
            case "quota" ->
                named(kind, body)
                        .orElseGet(() -> joined(
                                kind, body.has("inv") ? "over" : "", number(body, "val"), body.text("val_unit")));
            case "ct count" -> joined(kind, body.has("inv") ? "over" : "", number(body, "val"));
            case "ct helper", "ct timeout", "ct expectation" ->
                kind + " set \"" + body.string().orElseGet(body::compact) + '"';
            case "mangle" -> mangle(body);
            case "dnat", "snat", "masquerade", "redirect", "tproxy" -> translation(kind, body);
            case "set", "map" -> update(body, kind);
            case "flow" -> joined("flow", body.text("op"), body.text("flowtable"));
            case "fwd" -> joined("fwd to", number(body, "dev"));
            case "dup" ->
                joined("dup to", number(body, "addr"), body.has("dev") ? "device " + number(body, "dev") : "");
            case "queue" -> joined("queue", flags(body), body.has("num") ? "to " + number(body, "num") : "");
            case "synproxy" ->
                named(kind, body)
                        .orElseGet(() -> joined(
                                kind,
                                body.has("mss") ? "mss " + number(body, "mss") : "",
                                body.has("wscale") ? "wscale " + number(body, "wscale") : "",
                                flags(body).replace(',', ' ')));
            case "last" -> "last";
            case "reset" -> "reset " + expression(body);
            default -> statement.compact();
        };
    }

    static String verdictOrValue(Json json) {
        return switch (json.kind()) {
            case "accept", "drop", "return", "continue", "jump", "goto" -> statement(json);
            default -> expression(json);
        };
    }

    private static Optional<String> named(String kind, Json body) {
        return body.string().map(name -> kind + " name \"" + name + '"');
    }

    private static String counter(Json body) {
        return named("counter", body)
                .orElseGet(() -> body instanceof Json.Null
                        ? "counter"
                        : joined("counter packets", number(body, "packets"), "bytes", number(body, "bytes")));
    }

    private static String reject(Json body) {
        String type = body.text("type");
        String with = body.get("expr").map(NftWords::expression).orElse("");
        boolean usual = type.isEmpty() || type.equals("icmpx") && with.equals("port-unreachable");
        return usual ? "reject" : joined("reject with", type, with);
    }

    private static String log(Json body) {
        return joined(
                "log",
                body.has("prefix") ? "prefix \"" + body.text("prefix") + '"' : "",
                body.has("group") ? "group " + number(body, "group") : "",
                body.has("snaplen") ? "snaplen " + number(body, "snaplen") : "",
                body.has("queue-threshold") ? "queue-threshold " + number(body, "queue-threshold") : "",
                body.has("level") ? "level " + body.text("level") : "",
                body.has("flags") ? "flags " + number(body, "flags") : "");
    }

    private static String limit(Json body) {
        return named("limit", body).orElseGet(() -> {
            long burst = body.number("burst").orElse(0);
            boolean bytes =
                    !body.text("rate_unit").isEmpty() && !body.text("rate_unit").equals("packets");
            // nft leaves out the burst that it takes by itself.
            boolean usual = burst == (bytes ? 0 : 5);
            return joined(
                    "limit rate",
                    body.has("inv") ? "over" : "",
                    number(body, "rate") + (bytes ? " " + body.text("rate_unit") : "") + "/" + body.text("per"),
                    usual ? "" : "burst " + burst + " " + (bytes ? body.text("burst_unit") : "packets"));
        });
    }

    private static String mangle(Json body) {
        Optional<Json> key = body.get("key");
        Optional<Json> value = body.get("value");
        return key.isPresent() && value.isPresent()
                ? expression(key.get()) + " set " + NftWords.keyed(key.get(), value.get())
                : body.compact();
    }

    private static String translation(String kind, Json body) {
        String address = number(body, "addr");
        String port = body.has("port") ? ":" + number(body, "port") : "";
        boolean bracketed = !port.isEmpty() && address.contains(":");
        String target = (bracketed ? "[" + address + "]" : address) + port;
        String prefix = body.text("type_flags").equals("prefix") ? "prefix" : "";
        return joined(
                kind,
                body.text("family"),
                prefix,
                target.isEmpty() ? "" : "to " + target,
                prefix.isEmpty() ? flags(body) : "");
    }

    private static String flags(Json body) {
        return body.get("flags")
                .map(flags -> flags.items().stream().map(NftWords::expression).collect(Collectors.joining(",")))
                .orElse("");
    }

    private static String update(Json body, String kind) {
        String data = body.has("data") ? " : " + number(body, "data") : "";
        String statements = body.get("stmt")
                .map(all -> all.items().stream().map(NftStatements::statement).collect(Collectors.joining(" ")))
                .orElse("");
        return body.text("op") + " " + body.text(kind) + " { " + joined(number(body, "elem"), statements) + data + " }";
    }
}
