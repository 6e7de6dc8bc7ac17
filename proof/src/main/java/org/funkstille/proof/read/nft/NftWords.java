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
        HEXADECIMAL
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
        boolean silent = operator.equals("in") || operator.isEmpty() || operator.equals("==") && !masked;
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
        boolean named = QUOTED.contains(key)
                || read.kind().equals("fib")
                        && key.isEmpty()
                        && !read.body().text("result").equals("type");
        return List.of(named ? Style.QUOTED : Style.PLAIN);
    }

    private static String constant(Json json, List<Style> styles) {
        Style style = styles.isEmpty() ? Style.PLAIN : styles.getFirst();
        return switch (json) {
            case Json.Null _ -> "null";
            case Json.Bool(int _, boolean there) -> there ? "exists" : "missing";
            case Json.Num number ->
                style == Style.HEXADECIMAL && number.number().isPresent()
                        ? String.format(Locale.ROOT, "0x%08x", number.number().getAsLong())
                        : number.digits();
            case Json.Text(int _, String text) ->
                style == Style.QUOTED && !text.startsWith("@") && !text.equals("*") ? '"' + text + '"' : text;
            case Json.Arr(int _, List<Json> items) -> join(items, ",", styles);
            case Json.Obj object -> object(object, styles);
        };
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
            case "set" -> "{ " + join(elements(body, styles), styles) + " }";
            case "concat" -> concatenated(body.items(), styles);
            case "map" -> mapped(body, " map ");
            case "elem" -> element(body, styles);
            case "&", "^", "<<", ">>" -> binary(json.kind(), body.items(), styles);
            case "|" -> binary("|", body.items(), styles);
            default -> json.compact();
        };
    }

    private static String join(List<String> texts, List<Style> styles) {
        return String.join(", ", texts);
    }

    private static List<String> elements(Json items, List<Style> styles) {
        List<String> texts = new ArrayList<>();
        for (Json item : items.items()) {
            boolean pair = item instanceof Json.Arr && item.items().size() == 2;
            texts.add(
                    pair
                            ? constant(item.items().get(0), styles) + " : "
                                    + NftStatements.verdictOrValue(item.items().get(1))
                            : constant(item, styles));
        }
        return texts;
    }

    /** {@code KEY map DATA} or {@code KEY vmap DATA}. */
    static String mapped(Json body, String word) {
        Optional<Json> key = body.get("key");
        Optional<Json> data = body.get("data");
        return key.isPresent() && data.isPresent()
                ? expression(key.get()) + word + constant(data.get(), styles(key.get()))
                : body.compact();
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
                + (body.has("timeout") ? " timeout " + number(body, "timeout") + "s" : "")
                + (body.has("expires") ? " expires " + number(body, "expires") + "s" : "")
                + (body.has("comment") ? " comment \"" + body.text("comment") + '"' : "");
    }

    private static String binary(String operator, List<Json> operands, List<Style> styles) {
        Style own =
                operands.isEmpty() ? Style.PLAIN : styles(operands.getFirst()).getFirst();
        List<Style> style = own == Style.PLAIN ? styles : List.of(own);
        return operands.stream()
                .map(operand -> operand instanceof Json.Arr list
                        ? "(" + join(list.items(), " | ", style) + ")"
                        : constant(operand, style))
                .collect(Collectors.joining(" " + operator + " "));
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
