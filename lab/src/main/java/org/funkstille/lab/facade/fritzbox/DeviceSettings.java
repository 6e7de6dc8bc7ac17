package org.funkstille.lab.facade.fritzbox;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What the owner settled for one device.
 *
 * @param name that the owner gave it; empty: the one it has by itself
 * @param reserved the address that it always gets
 * @param profile the id of its access profile
 */
record DeviceSettings(Optional<String> name, Optional<InetAddress> reserved, String profile) {

    static final DeviceSettings NONE = new DeviceSettings(Optional.empty(), Optional.empty(), Profile.STANDARD);

    DeviceSettings named(String newName) {
        return new DeviceSettings(Optional.of(newName), reserved, profile);
    }

    DeviceSettings reserved(Optional<InetAddress> address) {
        return new DeviceSettings(name, address, profile);
    }

    DeviceSettings in(String newProfile) {
        return new DeviceSettings(name, reserved, newProfile);
    }
}
