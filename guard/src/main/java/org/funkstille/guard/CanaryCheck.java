package org.funkstille.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.funkstille.core.net.Endpoint;
import org.funkstille.core.verdict.DeviceEvidence;
import org.funkstille.routers.ProbeResult;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;

/** Does to the router what it must refuse, in the way that it has, and says whether it did. */
final class CanaryCheck {

    private final RouterDriver driver;
    private final Clock clock;

    CanaryCheck(RouterDriver driver, Clock clock) {
        this.driver = driver;
        this.clock = clock;
    }

    /** Waits for the refusal of a canary that was sent at or after a moment. */
    interface Refusal {

        boolean await(Instant sent) throws InterruptedException;
    }

    /** @return absent where the router has nothing of the sort */
    Optional<DeviceEvidence.Canary> check(Refusal refusal) throws RouterException, InterruptedException {
        Instant sent = clock.instant();
        if (driver.canary().isEmpty()) {
            return driver.probe().filter(ProbeResult::awake).map(CanaryCheck::outcome);
        }
        driver.sendCanary();
        return Optional.of(new DeviceEvidence.Canary(sent, refusal.await(sent.minus(Duration.ofMillis(10)))));
    }

    private static DeviceEvidence.Canary outcome(ProbeResult probe) {
        Optional<String> escaped = probe.escaped().isEmpty()
                ? Optional.empty()
                : Optional.of("a host that was held back like this device got an answer from "
                        + probe.escaped().stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
        return new DeviceEvidence.Canary(probe.at(), probe.escaped().isEmpty(), escaped);
    }
}
