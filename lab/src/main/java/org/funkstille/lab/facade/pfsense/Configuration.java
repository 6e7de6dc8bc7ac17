package org.funkstille.lab.facade.pfsense;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pfSense keeps in its {@code config.xml}, as far as this one knows it. */
final class Configuration {

    private final BoxTime time;
    private final List<HomeInterface> interfaces = HomeInterface.ofLab();
    private final Section aliases;
    private final Section rules;
    private final Schedules schedules;
    private final Map<String, Section> mappings = new LinkedHashMap<>();
    private String author = "admin@192.168.1.20 (Local Database)";

    Configuration(BoxTime time) {
        this.time = time;
        this.aliases = new Section(AliasModel.of(this::allAliases, time));
        this.schedules = new Schedules(new Section(ScheduleModel.of()), time);
        this.rules = new Section(RuleModel.of(this));
        for (HomeInterface one : interfaces) {
            one.segment().ifPresent(segment -> mappings.put(one.id(), new Section(MappingModel.of(segment))));
        }
        Factory.fill(this);
    }

    private List<Json.Fields> allAliases() {
        return aliases.objects();
    }

    BoxTime time() {
        return time;
    }

    List<HomeInterface> interfaces() {
        return interfaces;
    }

    Optional<HomeInterface> interfaceCalled(String name) {
        return interfaces.stream().filter(one -> one.isCalled(name)).findFirst();
    }

    Section aliases() {
        return aliases;
    }

    Optional<Json.Fields> alias(String name) {
        return aliases.objects().stream()
                .filter(alias -> alias.get("name").plain().equals(name))
                .findFirst();
    }

    Section rules() {
        return rules;
    }

    Schedules schedules() {
        return schedules;
    }

    /** By the id of the interface. */
    Map<String, Section> mappings() {
        return mappings;
    }

    /** Who changes rules from now on. */
    void author(String who) {
        author = who;
    }

    String author() {
        return author;
    }

    /** Remembers all of it; what this gives puts it back. */
    Runnable snapshot() {
        List<Section> sections = new ArrayList<>(List.of(aliases, rules, schedules.section()));
        sections.addAll(mappings.values());
        List<List<Json.Fields>> contents =
                sections.stream().map(Section::objects).toList();
        return () -> {
            for (int index = 0; index < sections.size(); index++) {
                sections.get(index).reset(contents.get(index));
            }
        };
    }

    /** All of it, a line for each object. */
    String text() {
        StringBuilder text = new StringBuilder();
        lines(text, "aliases/alias", aliases);
        lines(text, "filter/rule", rules);
        lines(text, "schedules/schedule", schedules.section());
        mappings.forEach((id, section) -> lines(text, "dhcpd/" + id + "/staticmap", section));
        return text.toString();
    }

    private static void lines(StringBuilder text, String path, Section section) {
        section.objects()
                .forEach(object ->
                        text.append(path).append(' ').append(object.written()).append('\n'));
    }
}
