package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** From JSON back to the words of {@code nft list ruleset}; what it does not know stays JSON. */
final class NftWords {

    /** How the constants beside an expression are written. */
    private enum Style {
        PLAIN,
        QUOTED,
        /** {@code 0x00000005} */
        HEXADECIMAL,
        /** {@code 0x5} */
        SHORT_HEXADECIMAL
    }

    private static final Set<String> WITHOUT_META = Set.of("iif", "oif", "iifname", "oifname", "iifgroup", "oifgroup");
    private static final Set<String> QUOTED = Set.of(
            "iif",
            "oif",
            "iifname",
            "oifname",
            "iifgroup",
            "oifgroup",
            "ibrname",
            "obrname",
            "iifkind",
            "oifkind",
            "sdifname",
            "ibriport",
            "time",
            "day",
            "hour",
            "helper",
            "name");

    private NftWords() {}

    /** A whole rule, without its comment. */
    static String rule(Json expressions) {
        return expressions.items().stream()
                .map(NftStatements::statement)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    static String match(Json match) {
        Optional<Json> left = match.get("left");
        Optional<Json> right = match.get("right");
        if (left.isEmpty() || right.isEmpty()) {
            return match.compact();
        }
        String operator = match.text("op");
        boolean masked = left.get().kind().equals("&");
        boolean flags = masked
                && left.get().body().items().getFirst().body().text("field").equals("flags");
        if (flags
                && !right.get().kind().equals("set")
                && left.get().body().items().size() == 2) {
            return expression(left.get().body().items().getFirst()) + (operator.equals("!=") ? " != " : " ")
                    + expression(right.get()) + " / "
                    + expression(left.get().body().items().get(1));
        }
        boolean number = right.get() instanceof Json.Num
                && left.get().body().text("field").equals("flags");
        boolean silent = operator.equals("in") || operator.isEmpty() || (operator.equals("==") && !masked && !number);
        return expression(left.get())
                + (silent ? " " : " " + operator + " ")
                + constant(right.get(), styles(left.get()));
    }

    /** What is read, or a constant. */
    static String expression(Json expression) {
        return constant(expression, List.of(Style.PLAIN));
    }

    static String keyed(Json key, Json value) {
        return constant(value, styles(key));
    }

    private static List<Style> styles(Json left) {
        if (left.kind().equals("concat")) {
            return left.body().items().stream()
                    .map(part -> styles(part).getFirst())
                    .toList();
        }
        Json read = Operation.selector(left);
        String key = read.body().text("key");
        if (key.equals("mark")) {
            return List.of(Style.HEXADECIMAL);
        }
        if (read.body().has("base")
                || read.body().text("field").equals("flags")
                || read.body().text("protocol").equals("ether")) {
            return List.of(Style.SHORT_HEXADECIMAL);
        }
        boolean routed =
                read.kind().equals("fib") && !read.body().text("result").equals("type");
        boolean named = routed || QUOTED.contains(key);
        return List.of(named ? Style.QUOTED : Style.PLAIN);
    }

    private static String constant(Json json, List<Style> styles) {
        Style style = styles.isEmpty() ? Style.PLAIN : styles.getFirst();
        return switch (json) {
            case Json.Null _ -> "null";
            case Json.Bool(int _, boolean there) -> there ? "exists" : "missing";
            case Json.Num number -> number(number, style);
            case Json.Text(int _, String text) ->
                style == Style.QUOTED && !text.matches("@.*|[*]|[0-9]+") ? '"' + text + '"' : text;
            case Json.Arr(int _, List<Json> items) -> join(items, ",", styles);
            case Json.Obj object -> object(object, styles);
        };
    }

    private static String number(Json.Num number, Style style) {
        return number.number().isPresent() && (style == Style.HEXADECIMAL || style == Style.SHORT_HEXADECIMAL)
                ? String.format(
                        Locale.ROOT,
                        style == Style.HEXADECIMAL ? "0x%08x" : "0x%x",
                        number.number().getAsLong())
                : number.digits();
    }

    private static String join(List<Json> items, String between, List<Style> styles) {
        return items.stream().map(item -> constant(item, styles)).collect(Collectors.joining(between));
    }

    private static String object(Json json, List<Style> styles) {
        Json body = json.body();
        return switch (json.kind()) {
            case "payload" ->
                body.has("base")
                        ? "@" + body.text("base") + "," + number(body, "offset") + "," + number(body, "len")
                        : body.text("protocol") + " " + body.text("field");
            case "meta" -> WITHOUT_META.contains(body.text("key")) ? body.text("key") : "meta " + body.text("key");
            case "ct" -> joined("ct", body.text("dir"), body.text("key"));
            case "fib" ->
                joined(
                        "fib",
                        body.get("flags")
                                .map(flags -> join(flags.items(), " . ", styles))
                                .orElse(""),
                        body.text("result"));
            case "rt" -> joined("rt", body.text("family"), body.text("key"));
            case "socket", "osf" -> joined(json.kind(), body.text("key"));
            case "ipsec" -> joined("ipsec", body.text("dir"), body.text("family"), body.text("key"));
            case "exthdr" ->
                body.has("field") ? joined(body.text("name"), body.text("field")) : joined("exthdr", body.text("name"));
            case "tcp option", "ip option", "sctp chunk", "dccp option" ->
                joined(json.kind(), body.has("base") ? number(body, "base") : body.text("name"), body.text("field"));
            case "numgen" -> joined("numgen", body.text("mode"), "mod", number(body, "mod"), offset(body));
            case "jhash" ->
                joined(
                        "jhash",
                        body.get("expr").map(NftWords::expression).orElse(""),
                        "mod",
                        number(body, "mod"),
                        offset(body));
            case "symhash" -> joined("symhash", "mod", number(body, "mod"), offset(body));
            case "prefix" ->
                body.get("addr").map(address -> constant(address, styles)).orElse("") + "/" + number(body, "len");
            case "range" -> join(body.items(), "-", styles);
            case "set" -> elements(body, styles, List.of());
            case "concat" -> concatenated(body.items(), styles);
            case "map" -> mapped(body, " map ", styles);
            case "elem" -> element(body, styles);
            case "&", "^", "<<", ">>" -> binary(json.kind(), body.items(), styles);
            case "|" -> binary("|", body.items(), styles);
            default -> json.compact();
        };
    }

    private static String elements(Json items, List<Style> keys, List<Style> values) {
        List<String> texts = new ArrayList<>();
        for (Json item : items.items()) {
            boolean pair = item instanceof Json.Arr && item.items().size() == 2;
            texts.add(
                    pair
                            ? constant(item.items().get(0), keys) + " : "
                                    + NftStatements.verdict(item.items().get(1))
                                            .orElseGet(
                                                    () -> constant(item.items().get(1), values))
                            : constant(item, keys));
        }
        return "{ " + String.join(", ", texts) + " }";
    }

    static String verdictMap(Json body) {
        return mapped(body, " vmap ", List.of());
    }

    private static String mapped(Json body, String word, List<Style> values) {
        Optional<Json> key = body.get("key");
        Optional<Json> data = body.get("data");
        if (key.isEmpty() || data.isEmpty()) {
            return body.compact();
        }
        List<Style> keys = styles(key.get());
        return expression(key.get())
                + word
                + (data.get().kind().equals("set")
                        ? elements(data.get().body(), keys, values)
                        : constant(data.get(), keys));
    }

    private static String concatenated(List<Json> parts, List<Style> styles) {
        List<String> texts = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            Style style = index < styles.size() ? styles.get(index) : Style.PLAIN;
            texts.add(constant(parts.get(index), List.of(style)));
        }
        return String.join(" . ", texts);
    }

    private static String element(Json body, List<Style> styles) {
        return body.get("val").map(value -> constant(value, styles)).orElse("")
                + (body.has("timeout")
                        ? " timeout " + duration(body.number("timeout").orElse(0))
                        : "")
                + (body.has("expires")
                        ? " expires " + duration(body.number("expires").orElse(0))
                        : "")
                + (body.has("comment") ? " comment \"" + body.text("comment") + '"' : "");
    }

    /** {@code 1d2h3m4s} */
    private static String duration(long seconds) {
        String text = part(seconds / 86_400, "d")
                + part(seconds / 3_600 % 24, "h")
                + part(seconds / 60 % 60, "m")
                + part(seconds % 60, "s");
        return text.isEmpty() ? "0s" : text;
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    private static String binary(String operator, List<Json> operands, List<Style> styles) {
        Style own =
                operands.isEmpty() ? Style.PLAIN : styles(operands.getFirst()).getFirst();
        List<Style> style = own == Style.PLAIN ? styles : List.of(own);
        return operands.stream()
                .map(operand -> inner(operator, operand, style))
                .collect(Collectors.joining(" " + operator + " "));
    }

    private static String inner(String operator, Json operand, List<Style> style) {
        if (operand instanceof Json.Arr list) {
            return "(" + join(list.items(), " | ", style) + ")";
        }
        String text = constant(operand, style);
        return operator.equals("&") && operand.kind().equals("|") ? "(" + text + ")" : text;
    }

    private static String offset(Json body) {
        return body.number("offset").orElse(0) == 0 ? "" : "offset " + number(body, "offset");
    }

    static String number(Json body, String name) {
        return body.get(name).map(NftWords::expression).orElse("");
    }

    static String joined(String... words) {
        return List.of(words).stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
    }
}
