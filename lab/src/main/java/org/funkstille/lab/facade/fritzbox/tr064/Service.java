package org.funkstille.lab.facade.fritzbox.tr064;

/**
 * A service as the device description lists it.
 *
 * @param type {@code urn:dslforum-org:service:Hosts:1}
 * @param id {@code urn:LanDeviceHosts-com:serviceId:Hosts1}
 * @param controlPath where its actions are called
 * @param scpdPath where its description is
 */
public record Service(String type, String id, String controlPath, String scpdPath) {

    /** @param line four columns with tabs between them */
    static Service parse(String line) {
        String[] columns = line.split("\t", -1);
        return new Service(columns[0], columns[1], columns[2], columns[3]);
    }

    /** As the device description has it. */
    public String xml() {
        return """
                <service>
                <serviceType>%s</serviceType>
                <serviceId>%s</serviceId>
                <controlURL>%s</controlURL>
                <eventSubURL>%s</eventSubURL>
                <SCPDURL>%s</SCPDURL>
                </service>
                """.formatted(type, id, controlPath, controlPath, scpdPath);
    }

    /** Its name without version: {@code Hosts}. */
    public String name() {
        String[] parts = type.split(":");
        return parts[parts.length - 2];
    }
}
