package org.funkstille.lab.facade.fritzbox;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.funkstille.lab.facade.fritzbox.tr064.Service;

/** The document {@code tr64desc.xml}: which device this is, and which services it has where. */
final class DeviceDescription {

    static final String TYPE = "urn:dslforum-org:device:InternetGatewayDevice:1";

    /** Its MAC address; the first half is AVM's. */
    static final String SERIAL = "00040E123456";

    /** The id of the device: its last part is the MAC address. */
    static final String UDN = "uuid:739f2409-bccb-40e7-8e6c-" + SERIAL;

    private static final Set<String> LAN =
            Set.of("WLANConfiguration", "Hosts", "LANEthernetInterfaceConfig", "LANHostConfigManagement");
    private static final Set<String> WAN = Set.of("WANCommonInterfaceConfig", "WANDSLInterfaceConfig");
    private static final Set<String> CONNECTION =
            Set.of("WANDSLLinkConfig", "WANEthernetLinkConfig", "WANPPPConnection", "WANIPConnection");

    private DeviceDescription() {}

    static String of(Release release, List<Service> services) {
        List<Service> root = services.stream()
                .filter(service -> !LAN.contains(service.name())
                        && !WAN.contains(service.name())
                        && !CONNECTION.contains(service.name()))
                .toList();
        String connection = device("WANConnectionDevice", "8e69", of(services, CONNECTION), "");
        String devices = device("LANDevice", "8e6b", of(services, LAN), "")
                + device("WANDevice", "8e6a", of(services, WAN), "<deviceList>\n" + connection + "</deviceList>\n");
        return """
                <?xml version="1.0"?>
                <root xmlns="urn:dslforum-org:device-1-0">
                <specVersion>
                <major>1</major>
                <minor>0</minor>
                </specVersion>
                %s<device>
                <deviceType>%s</deviceType>
                %s<UDN>%s</UDN>
                <serviceList>
                %s</serviceList>
                <deviceList>
                %s</deviceList>
                <presentationURL>http://fritz.box</presentationURL>
                </device>
                </root>
                """.formatted(release.systemVersion(), TYPE, names(""), UDN, xml(root), devices);
    }

    private static List<Service> of(List<Service> services, Set<String> names) {
        return services.stream()
                .filter(service -> names.contains(service.name()))
                .toList();
    }

    private static String xml(List<Service> services) {
        return services.stream().map(Service::xml).collect(Collectors.joining());
    }

    private static String names(String prefix) {
        return """
                <friendlyName>%1$sFRITZ!Box 7590</friendlyName>
                <manufacturer>AVM</manufacturer>
                <manufacturerURL>www.avm.de</manufacturerURL>
                <modelDescription>%1$sFRITZ!Box 7590</modelDescription>
                <modelName>%1$sFRITZ!Box 7590</modelName>
                <modelNumber> - avm</modelNumber>
                <modelURL>www.avm.de</modelURL>
                """.formatted(prefix);
    }

    private static String device(String name, String id, List<Service> services, String inner) {
        return """
                <device>
                <deviceType>urn:dslforum-org:device:%s:1</deviceType>
                %s<UDN>uuid:75802409-bccb-40e7-%s-%s</UDN>
                <UPC>AVM TR-064</UPC>
                <serviceList>
                %s</serviceList>
                %s</device>
                """.formatted(name, names(name + " - "), id, SERIAL, xml(services), inner);
    }
}
