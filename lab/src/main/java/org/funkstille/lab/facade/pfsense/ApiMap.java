package org.funkstille.lab.facade.pfsense;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Every address of the API that this pfSense serves. */
final class ApiMap implements AutoCloseable {

    private final Map<String, Call.Endpoint> endpoints = new LinkedHashMap<>();
    private final Configuration configuration;
    private final Filter filter;
    private final DhcpServer dhcp;
    private final ExecutorService background = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pfsense dhcp").factory());

    ApiMap(Configuration configuration, Filter filter, DhcpServer dhcp) {
        this.configuration = configuration;
        this.filter = filter;
        this.dhcp = dhcp;
    }

    Map<String, Call.Endpoint> endpoints() {
        return endpoints;
    }

    void add(String path, String method, Function<Call, Json> answer) {
        Map<String, Function<Call, Json>> methods = new LinkedHashMap<>();
        if (endpoints.containsKey(path)) {
            methods.putAll(endpoints.get(path).methods());
        }
        methods.put(method, answer);
        endpoints.put(path, new Call.Endpoint(methods));
    }

    private void add(String one, String many, Endpoints of) {
        endpoints.put(one, of.single());
        endpoints.put(many, of.many());
    }

    /** Rules, aliases, schedules and static mappings. */
    void configuration(Function<String, String> interfaceShown) {
        add(
                "firewall/rule",
                "firewall/rules",
                new Endpoints(_ -> configuration.rules(), rule -> rule(rule, interfaceShown), this::ruleChanged));
        add(
                "firewall/alias",
                "firewall/aliases",
                new Endpoints(_ -> configuration.aliases(), alias -> alias, this::aliasChanged));
        Section schedules = configuration.schedules().section();
        add(
                "firewall/schedule",
                "firewall/schedules",
                new Endpoints(_ -> schedules, this::schedule, this::scheduleChanged));
        timeRanges(schedules);
        add(
                "services/dhcp_server/static_mapping",
                "services/dhcp_server/static_mappings",
                new Endpoints(this::mappings, mapping -> mapping, this::mappingChanged));
    }

    private static Json.Fields rule(Json.Fields rule, Function<String, String> interfaceShown) {
        List<String> shown =
                rule.get("interface").plainItems().stream().map(interfaceShown).toList();
        return rule.with("interface", Json.texts(shown));
    }

    private void ruleChanged(Call call) {
        if (call.isSet("apply") && !call.pretended()) {
            filter.reload(call.inBackground());
        }
    }

    private void aliasChanged(Call call) {
        if (!call.pretended()) {
            filter.aliasesChanged();
            ruleChanged(call);
        }
    }

    /** Schedules are applied at once, asked or not. */
    private void scheduleChanged(Call call) {
        if (!call.pretended()) {
            filter.reload(call.inBackground());
        }
    }

    private Json.Fields schedule(Json.Fields schedule) {
        List<Json> ranges = new ArrayList<>();
        if (schedule.get("timerange") instanceof Json.Items items) {
            for (Json range : items.values()) {
                Json.Fields parent = Json.fields("parent_id", schedule.get("id"));
                Map<String, Json> fields = new LinkedHashMap<>(parent.values());
                fields.putAll(
                        Endpoints.withId(ranges.size(), (Json.Fields) range).values());
                ranges.add(new Json.Fields(fields));
            }
        }
        return schedule.with("timerange", Json.of(ranges))
                .with("active", Json.of(configuration.schedules().isActive(schedule)));
    }

    private void timeRanges(Section schedules) {
        String path = "firewall/schedule/time_range";
        add(path, "GET", call -> ranges(schedules, call).byId(call.id()));
        add(path, "POST", call -> {
            Section ranges = ranges(schedules, call);
            return stored(schedules, call, ranges, ranges.create(call.parameters(), call.placement()));
        });
        add(path, "PATCH", call -> {
            Section ranges = ranges(schedules, call);
            return stored(schedules, call, ranges, ranges.change(call.id(), call.parameters(), call.placement()));
        });
        add(path, "DELETE", call -> {
            Section ranges = ranges(schedules, call);
            return stored(schedules, call, ranges, ranges.delete(call.id()));
        });
    }

    private static Section ranges(Section schedules, Call call) {
        Section ranges = new Section(ScheduleModel.TIME_RANGE.atLeast(1));
        List<Json.Fields> stored = new ArrayList<>();
        if (schedules.byId(parent(call)).get("timerange") instanceof Json.Items items) {
            items.values().forEach(range -> stored.add((Json.Fields) range));
        }
        ranges.reset(stored);
        return ranges;
    }

    private static long parent(Call call) {
        return call.number("parent_id")
                .orElseThrow(() -> ApiError.invalid("MODEL_PARENT_ID_REQUIRED", "Field `parent_id` is required."));
    }

    private Json stored(Section schedules, Call call, Section ranges, Json.Fields answer) {
        List<Json> all = new ArrayList<>(ranges.objects());
        Json.Fields changed = schedules.change(parent(call), Json.fields("timerange", Json.of(all)), -1);
        scheduleChanged(call);
        return answer.with("parent_id", changed.get("id"));
    }

    private Section mappings(Call call) {
        String id = call.parameters().get("parent_id").plain();
        if (id.isEmpty()) {
            throw ApiError.invalid("MODEL_PARENT_ID_REQUIRED", "Field `parent_id` is required.");
        }
        Section section = configuration.mappings().get(id);
        if (section == null) {
            throw ApiError.notFound("Parent DHCP Server with ID `" + id + "` does not exist.");
        }
        return section;
    }

    private void mappingChanged(Call call) {
        if (!call.pretended()) {
            dhcp.changed();
            if (call.isSet("apply")) {
                applyDhcp();
            }
        }
    }

    /** The answer comes before it is done. */
    private void applyDhcp() {
        background.execute(() -> {
            try {
                Thread.sleep(300);
                dhcp.apply();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } catch (IOException failed) {
                System.err.println("pfSense of the lab: DHCP could not be set: " + failed.getMessage());
            }
        });
    }

    /** What makes changes act. */
    void applying() {
        add("firewall/apply", "GET", _ -> filterApplied());
        add("firewall/apply", "POST", call -> {
            if (!call.pretended()) {
                filter.reload(call.inBackground());
            }
            return Json.fields("applied", true, "pending_subsystems", Json.texts(List.of()));
        });
        add("services/dhcp_server/apply", "GET", _ -> Json.fields("applied", !dhcp.isPending()));
        add("services/dhcp_server/apply", "POST", call -> {
            boolean wasPending = dhcp.isPending();
            if (!call.pretended()) {
                applyDhcp();
            }
            return Json.fields("applied", !wasPending);
        });
    }

    private Json filterApplied() {
        List<String> pending = List.copyOf(filter.pending());
        return Json.fields("applied", pending.isEmpty(), "pending_subsystems", Json.texts(pending));
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
