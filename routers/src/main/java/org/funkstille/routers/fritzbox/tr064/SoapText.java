package org.funkstille.routers.fritzbox.tr064;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes calls of actions and reads what comes back (SOAP 1.1, as the UPnP Device Architecture uses it). */
final class SoapText {

    private SoapText() {}

    /** @param token what a confirmation at the box is known by, where one was begun */
    static String call(Service service, String action, Map<String, String> arguments, Optional<String> token) {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
                .append("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"")
                .append(" s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">");
        // AVM, "TR-064 Authentication": the element token of the namespace avm.de.
        token.ifPresent(value -> text.append("<s:Header><avm:token xmlns:avm=\"avm.de\" s:mustUnderstand=\"1\">")
                .append(XmlElement.escaped(value))
                .append("</avm:token></s:Header>"));
        text.append("<s:Body><u:%s xmlns:u=\"%s\">".formatted(action, service.type()));
        arguments.forEach((name, value) -> text.append("<%1$s>%2$s</%1$s>".formatted(name, XmlElement.escaped(value))));
        return text.append("</u:%s></s:Body></s:Envelope>".formatted(action)).toString();
    }

    /** @throws XmlElement.Unreadable where it is no answer to this action, nor a fault */
    static SoapAnswer answer(String action, String document) throws XmlElement.Unreadable {
        XmlElement envelope = XmlElement.parse(document);
        Optional<XmlElement> fault = envelope.find("Fault");
        if (fault.isPresent()) {
            return fault(fault.get());
        }
        XmlElement response = envelope.find(action + "Response")
                .orElseThrow(() -> new XmlElement.Unreadable("no answer to " + action));
        Map<String, String> values = new LinkedHashMap<>();
        response.children().forEach(child -> values.put(child.name(), child.text()));
        return new SoapAnswer.Values(values);
    }

    private static SoapAnswer fault(XmlElement fault) throws XmlElement.Unreadable {
        Optional<XmlElement> error = fault.find("UPnPError");
        String code = error.flatMap(detail -> detail.childText("errorCode")).orElse("");
        if (!code.matches("[0-9]{1,4}")) {
            throw new XmlElement.Unreadable("a fault without a number");
        }
        return new SoapAnswer.Fault(
                Integer.parseInt(code),
                error.flatMap(detail -> detail.childText("errorDescription")).orElse(""));
    }
}
