package org.funkstille.proof.read.nft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.funkstille.core.net.Family;
import org.funkstille.proof.filter.Action;
import org.funkstille.proof.filter.Condition;
import org.funkstille.proof.filter.Effect;
import org.funkstille.proof.filter.Field;
import org.funkstille.proof.sets.ValueSet;

/** Reads the statements of one rule. */
final class Steps {

    /** Extensions of iptables that change neither the packet nor its way. */
    private static final Set<String> HARMLESS_TARGETS =
            Set.of("LOG", "NFLOG", "TCPMSS", "TRACE", "AUDIT", "CLASSIFY", "TCPOPTSTRIP", "ECN", "LED", "CHECKSUM");

    private static final Set<String> LIMITING_MATCHES =
            Set.of("limit", "hashlimit", "quota", "statistic", "connlimit", "recent", "string", "connbytes");

    private final Table table;
    private final Mangling mangling;
    private final List<Step> steps = new ArrayList<>();

    /** Protocols that the matches so far have left over. */
    private ValueSet protocols = Field.PROTOCOL.all();

    Steps(Table table) {
        this.table = table;
        this.mangling = new Mangling(this::key, table.sets(), table.translation());
    }

    static List<Step> of(Json expressions, Table table) {
        Steps reader = new Steps(table);
        List<Json> statements = expressions.items();
        for (int index = 0; index < statements.size(); index++) {
            Json statement = statements.get(index);
            if (statement.kind().equals("match")) {
                reader.asked(statement.body(), Neighbours.of(statement.body(), statements));
            } else {
                reader.read(statement, index == statements.size() - 1);
            }
        }
        return reader.steps;
    }

    private void read(Json statement, boolean last) {
        Json body = statement.body();
        String words = NftStatements.statement(statement);
        switch (statement.kind()) {
            case "accept", "drop", "return", "continue", "jump", "goto" -> end(verdict(statement));
            case "reject" -> end(Action.REJECT);
            case "queue" -> end(new Action.Unclear(words));
            case "vmap" -> decide(body, words);
            case "limit", "quota", "ct count" -> ask(new Condition.Choice(words));
            case "meter" -> ask(Element.limits(body.get("stmt").orElse(body)));
            case "set", "map" ->
                body.get("stmt").ifPresent(all -> all.items().forEach(one -> ask(Element.limits(one))));
            case "mangle" -> steps.addAll(mangling.of(body, words));
            case "dnat", "snat", "masquerade", "redirect" -> translate(statement.kind(), body);
            case "notrack" -> act(new Effect.NoTrack());
            case "flow" ->
                table.assume("table " + table.name() + " offloads flows (" + words
                        + "): packets behind a flow's first ones pass no rule of it");
            case "dup" -> copy(body, words);
            case "xt" -> extension(body, last);
            case "counter", "log", "last", "ct helper", "ct timeout", "ct expectation", "reset", "secmark" -> {
                // They change neither the packet nor its way.
            }
            default -> {
                // Of "last used never", which nft 1.0 prints as text.
                if (!words.startsWith("last ")) {
                    act(new Effect.Unclear(words));
                }
            }
        }
    }

    private SetKey key(Json expression) {
        return table.matches().key(expression, protocols);
    }

    /** One of {@code !=}: the rule's own words do not say what the kernel compares. */
    private void asked(Json match, List<Json> neighbours) {
        Condition one = table.matches().of(match, protocols);
        if (neighbours.isEmpty()) {
            ask(one);
            return;
        }
        Condition others = Condition.any(neighbours.stream()
                .map(other -> table.matches().of(other, protocols))
                .toList());
        ask(table.matches().needs(match));
        ask(Condition.any(
                one,
                Condition.all(
                        others,
                        new Condition.Unknown(NftWords.match(match)
                                + ": nft may have made one comparison of this and its neighbour"))));
    }

    private void ask(Condition condition) {
        if (!condition.equals(Condition.ALWAYS)) {
            steps.add(new Step.Ask(condition));
            List<Condition> parts =
                    condition instanceof Condition.All(List<Condition> inner) ? inner : List.of(condition);
            for (Condition part : parts) {
                if (part instanceof Condition.In(Field field, ValueSet set) && field == Field.PROTOCOL) {
                    protocols = protocols.intersect(set);
                }
            }
        }
    }

    private void act(Effect effect) {
        steps.add(new Step.Do(List.of(effect)));
    }

    /** In a netdev table the copy leaves by that interface as it is: into the house, it is no way out. */
    private void copy(Json body, String words) {
        boolean intoTheHouse = table.family().equals("netdev")
                && body.get("addr")
                        .flatMap(Json::string)
                        .filter(table::leadsInside)
                        .isPresent();
        if (!intoTheHouse) {
            act(new Effect.Unclear(words));
        }
    }

    private void end(Action action) {
        steps.add(new Step.End(action));
    }

    private Action verdict(Json verdict) {
        String target = verdict.body().text("target");
        return switch (verdict.kind()) {
            case "accept" -> Action.ACCEPT;
            case "drop" -> Action.DROP;
            case "return" -> Action.RETURN;
            case "continue" -> Action.CONTINUE;
            case "jump" -> target.isEmpty() ? unclear(verdict) : new Action.Jump(table.chain(target));
            case "goto" -> target.isEmpty() ? unclear(verdict) : new Action.Goto(table.chain(target));
            default -> unclear(verdict);
        };
    }

    private static Action unclear(Json verdict) {
        return new Action.Unclear(NftStatements.statement(verdict));
    }

    private void decide(Json body, String words) {
        Optional<Json> key = body.get("key");
        Optional<Json> data = body.get("data");
        Optional<List<Element>> elements = data.flatMap(one -> Translation.elements(one, table.sets()));
        if (key.isEmpty() || data.isEmpty() || elements.isEmpty()) {
            end(new Action.Unclear(words));
            return;
        }
        SetKey setKey = key(key.get());
        ask(setKey.needs());
        if (Matches.isReference(data.get())) {
            String name = data.get().string().orElse("").substring(1);
            ask(table.sets().limits(name));
            if (table.sets().changing(name).isPresent()) {
                end(new Action.Unclear(words));
                return;
            }
        }
        String map = Matches.isReference(data.get())
                ? data.get().string().orElse("")
                : words + data.get().at();
        steps.add(table.decision(map, setKey.identity(), () -> {
            List<Step.Verdict> verdicts = elements.get().stream()
                    .map(element -> new Step.Verdict(
                            element, element.data().map(this::verdict).orElse(new Action.Unclear(words))))
                    .toList();
            return new VerdictMap(setKey, verdicts).decide();
        }));
    }

    /** The kernel leaves the chain with the first translation, and no later chain translates the same end again. */
    private void translate(String kind, Json body) {
        Optional<Family> family = family(body);
        Optional<Json> address = body.get("addr");
        Optional<Json> port = body.get("port");
        family.ifPresent(one -> ask(one == Family.IPV4 ? Selectors.IS_IPV4 : Selectors.IS_IPV6));
        List<Family> families = family.map(List::of).orElse(List.of(Family.IPV4, Family.IPV6));
        if (families.size() == 1) {
            steps.addAll(mangling.translation(kind, families.getFirst(), address, port));
            end(Action.ACCEPT);
            return;
        }
        // One statement for both families: what is a known address needs the family, so it goes by the packet's.
        steps.add(new Step.Choose(
                new SetKey(
                        List.of(new Selector.OfField(
                                Condition.ALWAYS, Field.FAMILY, Words.NFPROTO, Selectors.FAMILIES)),
                        table.times(),
                        "meta nfproto",
                        protocols),
                families.stream()
                        .map(one -> new Step.Alternative(
                                new Element(
                                        new Json.Text(body.at(), one == Family.IPV4 ? "ipv4" : "ipv6"),
                                        Optional.empty(),
                                        Condition.ALWAYS),
                                mangling.translated(
                                        kind,
                                        one,
                                        address.filter(to -> !to.kind().equals("map")),
                                        port.filter(to -> !to.kind().equals("map")))))
                        .toList()));
        end(Action.ACCEPT);
    }

    private Optional<Family> family(Json body) {
        return switch (body.text("family").isEmpty() ? table.family() : body.text("family")) {
            case "ip" -> Optional.of(Family.IPV4);
            case "ip6" -> Optional.of(Family.IPV6);
            default -> Optional.empty();
        };
    }

    /** Rules that iptables-nft wrote. nft 1.0 does not say which extension it is, nor whether it is a match. */
    private void extension(Json body, boolean last) {
        String name = body.text("name");
        String words = "xt " + (body.text("type").isEmpty() ? "" : body.text("type") + " ")
                + (name.isEmpty() ? "(an extension of iptables, not named)" : name);
        boolean match = body.text("type").equals("match") || (body.text("type").isEmpty() && !last);
        if (name.equals("comment") || HARMLESS_TARGETS.contains(name)) {
            return;
        }
        if (LIMITING_MATCHES.contains(name)) {
            ask(new Condition.Choice(words));
        } else if (match) {
            ask(new Condition.Unknown(words));
        } else if (name.equals("REJECT")) {
            end(Action.REJECT);
        } else {
            act(new Effect.Unclear(words));
        }
    }
}
