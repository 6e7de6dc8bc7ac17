package org.funkstille.lab.facade.fritzbox;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.funkstille.lab.facade.fritzbox.tr064.Xml;

/** All hosts in one document, as boxes write it: what stands in GetGenericHostEntry, and the lock. */
final class HostListDocument {

    private HostListDocument() {}

    static String of(Box box) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<List>\n");
        List<LanDevice> devices = box.devices().all();
        for (int i = 0; i < devices.size(); i++) {
            LanDevice device = devices.get(i);
            text.append("""
                    <Item>
                    <Index>%d</Index>
                    <IPAddress>%s</IPAddress>
                    <MACAddress>%s</MACAddress>
                    <Active>%s</Active>
                    <HostName>%s</HostName>
                    <InterfaceType>%s</InterfaceType>
                    <X_AVM-DE_Port>%s</X_AVM-DE_Port>
                    <X_AVM-DE_Speed>%s</X_AVM-DE_Speed>
                    <X_AVM-DE_UpdateAvailable>0</X_AVM-DE_UpdateAvailable>
                    <X_AVM-DE_UpdateSuccessful>unknown</X_AVM-DE_UpdateSuccessful>
                    <X_AVM-DE_InfoURL />
                    <X_AVM-DE_Model />
                    <X_AVM-DE_URL />
                    <X_AVM-DE_Guest>0</X_AVM-DE_Guest>
                    <X_AVM-DE_VPN>0</X_AVM-DE_VPN>
                    <X_AVM-DE_WANAccess>%s</X_AVM-DE_WANAccess>
                    <X_AVM-DE_Disallow>%s</X_AVM-DE_Disallow>
                    </Item>
                    """.formatted(
                            i + 1,
                            device.ipText(),
                            device.macText(),
                            device.active() ? "1" : "0",
                            Xml.escaped(device.name()),
                            device.interfaceType(),
                            device.wifi() ? "0" : "1",
                            device.wifi() ? "72" : "1000",
                            text(box.filter().access(device)),
                            box.filter().disallowed(device.ip()) ? "1" : "0"));
        }
        return text.append("</List>\n").toString();
    }

    static String text(HostFilter.Access access) {
        return access.name().toLowerCase(Locale.ROOT);
    }
}
