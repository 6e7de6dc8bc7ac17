package org.funkstille.routers.fritzbox.tr064;

/** The services that we use, as the descriptions of a 7590 with FRITZ!OS 7.29 have them. */
public enum Service {
    DEVICE_INFO("DeviceInfo:1", "deviceinfo"),
    HOSTS("Hosts:1", "hosts"),
    HOST_FILTER("X_AVM-DE_HostFilter:1", "x_hostfilter"),
    LAN("LANHostConfigManagement:1", "lanhostconfigmgm"),
    SECURITY("LANConfigSecurity:1", "lanconfigsecurity"),
    SECOND_FACTOR("X_AVM-DE_Auth:1", "x_auth");

    private final String type;
    private final String path;

    Service(String type, String path) {
        this.type = "urn:dslforum-org:service:" + type;
        this.path = "/upnp/control/" + path;
    }

    public String type() {
        return type;
    }

    /** Where its actions are called. */
    public String path() {
        return path;
    }
}
