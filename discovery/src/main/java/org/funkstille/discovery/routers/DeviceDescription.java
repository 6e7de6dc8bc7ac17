package org.funkstille.discovery.routers;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.funkstille.discovery.network.PlainText;

/**
 * What a UPnP root device says of itself: {@code tr64desc.xml}, {@code igddesc.xml}. The first of each element is that of
 * the root device. Serial numbers are not kept.
 */
record DeviceDescription(String deviceType, String manufacturer, String model) {

    private static final Set<String> WANTED = Set.of("deviceType", "manufacturer", "modelName");
    private static final int MOST_EVENTS = 5000;
    private static final int LONGEST_VALUE = 80;

    /** Nothing where it is no such description. A document type is refused, so no entity is ever expanded. */
    static Optional<DeviceDescription> parse(String xml) {
        Map<String, String> values = new HashMap<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            for (int events = 0; reader.hasNext() && events < MOST_EVENTS && values.size() < WANTED.size(); events++) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.empty();
                }
                if (event == XMLStreamConstants.START_ELEMENT && WANTED.contains(reader.getLocalName())) {
                    values.putIfAbsent(
                            reader.getLocalName(),
                            PlainText.of(reader.getElementText().strip(), LONGEST_VALUE));
                }
            }
        } catch (XMLStreamException | RuntimeException broken) {
            // what stands before that may be enough
        }
        return values.containsKey("deviceType")
                ? Optional.of(new DeviceDescription(
                        values.getOrDefault("deviceType", ""),
                        values.getOrDefault("manufacturer", ""),
                        values.getOrDefault("modelName", "")))
                : Optional.empty();
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    boolean isGateway() {
        return deviceType.contains(":InternetGatewayDevice:");
    }
}
