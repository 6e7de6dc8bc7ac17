package org.funkstille.lab.device;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Zigbee sensors behind the gateway. Models, attributes and encodings are those of the vendor LAN protocol V1.0.7:
 * temperature and humidity in hundredths, pressure in pascal, all as strings.
 */
final class LumiSensors {

    /**
     * A sensor.
     *
     * @param sid its IEEE address without the leading zeros
     */
    record Sensor(String model, String sid, int shortId) {

        /**
         * What it says at a moment.
         *
         * @param moment counts the reports of all sensors
         */
        String data(int moment) {
            return switch (model) {
                case "magnet" -> "{\"status\":\"%s\"}".formatted(moment / 4 % 2 == 0 ? "open" : "close");
                case "motion" -> "{\"status\":\"motion\"}";
                case "weather.v1" ->
                    "{\"temperature\":\"%d\",\"humidity\":\"%d\",\"pressure\":\"%d\"}"
                            .formatted(2150 + moment % 50, 4500 + moment % 100, 99_900 + moment % 20);
                default ->
                    "{\"temperature\":\"%d\",\"humidity\":\"%d\"}".formatted(1980 + moment % 40, 5200 - moment % 90);
            };
        }
    }

    private static final List<Sensor> ALL = List.of(
            new Sensor("magnet", "158d0001000001", 9184),
            new Sensor("motion", "158d0001000002", 25719),
            new Sensor("sensor_ht", "158d0001000003", 4343),
            new Sensor("weather.v1", "158d0001000004", 31206));

    private final AtomicInteger moment = new AtomicInteger();

    /** The sensors in the order they were paired. */
    List<Sensor> all() {
        return ALL;
    }

    Optional<Sensor> find(String sid) {
        return ALL.stream().filter(sensor -> sensor.sid().equals(sid)).findFirst();
    }

    /** The sensor whose turn it is to speak. */
    Sensor next() {
        return ALL.get(moment.getAndIncrement() % ALL.size());
    }

    int moment() {
        return moment.get();
    }
}
