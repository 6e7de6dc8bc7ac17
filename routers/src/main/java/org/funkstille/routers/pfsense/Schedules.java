package org.funkstille.routers.pfsense;

import io.avaje.json.node.JsonArray;
import io.avaje.json.node.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.pf.AliasName;
import org.funkstille.routers.pf.Mark;

/** The schedules of windows, one for each. */
final class Schedules {

    private static final String ALL = "firewall/schedules";

    private final PfSenseApi api;

    Schedules(PfSenseApi api) {
        this.api = api;
    }

    /**
     * Makes one, before the rule that names it.
     *
     * @return its name; what pfSense takes as a name it takes for aliases, too
     * @throws RouterException.Refused where the router says that its time is not now
     */
    String make(String device, Instant until, WindowSchedule times) throws RouterException {
        Mark mark = new Mark(device, "window until " + until);
        String name = AliasName.of(mark);
        if (api.list(ALL).stream().noneMatch(schedule -> isCalled(name, schedule))) {
            JsonArray ranges = JsonArray.create();
            times.ranges().forEach(range -> ranges.add(range.json()));
            api.post(
                    "firewall/schedule",
                    JsonObject.create()
                            .add("name", name)
                            .add("descr", mark.toString())
                            .add("timerange", ranges));
        }
        if (api.list(ALL).stream().noneMatch(schedule -> isCalled(name, schedule) && schedule.is("active"))) {
            api.delete(ALL, Map.of("name", name));
            throw new RouterException.Refused("the router says that the window's time (" + times.ranges()
                    + ") is not now: its clock differs from ours; set both right (NTP)");
        }
        return name;
    }

    private static boolean isCalled(String name, Item schedule) {
        return schedule.textOr("name", "").equals(name);
    }
}
