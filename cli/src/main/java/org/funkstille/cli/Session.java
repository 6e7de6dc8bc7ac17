package org.funkstille.cli;

import java.time.Clock;
import org.funkstille.core.model.Device;
import org.funkstille.core.model.Home;
import org.funkstille.core.model.Router;
import org.funkstille.guard.StateFolder;
import org.funkstille.routers.Drivers;
import org.funkstille.routers.RouterDriver;
import org.funkstille.routers.RouterException;
import org.funkstille.routers.Secrets;

/** What most commands begin with: the home, its router, the state folder. */
record Session(HomeFile file, Home home, RouterDriver driver, StateFolder state, Clock clock) implements AutoCloseable {

    static Session open(GlobalOptions options) throws RouterException {
        HomeFile file = HomeFile.find(options.config);
        return open(file, file.read());
    }

    static Session open(HomeFile file, Home home) throws RouterException {
        Clock clock = Clock.systemUTC();
        if (home.routers().size() > 1) {
            throw new Failure(file.path() + ": " + home.routers().size()
                    + " routers are named; this version of Funkstille drives one");
        }
        Router router = home.routers().getFirst();
        StateFolder state = StateFolder.of(home, System.getenv());
        Drivers drivers = new Drivers(new Secrets(System.getenv()), state.folder(), System.err::println, clock);
        return new Session(file, home, drivers.open(router, home), state, clock);
    }

    /** @throws Failure where the home names no such device */
    Device device(String name) {
        return home.device(name)
                .orElseThrow(() -> new Failure("there is no device \"" + name + "\" in " + file.path() + "; it names "
                        + String.join(
                                ", ", home.devices().stream().map(Device::name).toList())));
    }

    @Override
    public void close() {
        driver.close();
    }
}
