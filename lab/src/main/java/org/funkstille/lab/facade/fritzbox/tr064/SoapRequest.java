package org.funkstille.lab.facade.fritzbox.tr064;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.funkstille.lab.facade.http.WebRequest;
import org.w3c.dom.Element;

/**
 * A call of an action.
 *
 * @param serviceType whose action it is
 * @param arguments by name
 * @param token of the second factor, where one was sent in the SOAP header
 */
public record SoapRequest(String serviceType, String action, Map<String, String> arguments, Optional<String> token) {

    private static final String ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/";

    public SoapRequest {
        arguments = Map.copyOf(arguments);
    }

    /**
     * What the head of a request says is called. That is all that a login needs to know: clients that log in by digest
     * may leave the body away until they are asked for it.
     *
     * @param serviceType whose action it is
     */
    public record Name(String serviceType, String action) {

        public static Name of(WebRequest request) throws SoapFault {
            String header = request.header("SOAPAction").orElse("").strip().replace("\"", "");
            int hash = header.lastIndexOf('#');
            if (hash < 0) {
                throw SoapFault.invalidAction();
            }
            return new Name(header.substring(0, hash), header.substring(hash + 1));
        }
    }

    /** @throws SoapFault where head and body do not name the same action, or the body is no SOAP message */
    public static SoapRequest parse(WebRequest request) throws SoapFault {
        Name name = Name.of(request);
        Element envelope = envelope(request.body().text());
        Element call = Xml.child(envelope, "Body").stream()
                .flatMap(body -> Xml.children(body).stream())
                .findFirst()
                .orElseThrow(SoapFault::invalidArguments);
        if (!name.equals(new Name(String.valueOf(call.getNamespaceURI()), String.valueOf(call.getLocalName())))) {
            throw SoapFault.invalidAction();
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Element argument : Xml.children(call)) {
            if (arguments.put(argument.getLocalName(), argument.getTextContent()) != null) {
                throw SoapFault.invalidArguments();
            }
        }
        return new SoapRequest(name.serviceType, name.action, arguments, token(envelope));
    }

    private static Element envelope(String body) throws SoapFault {
        try {
            Element root = Xml.parse(body);
            if (ENVELOPE.equals(root.getNamespaceURI()) && "Envelope".equals(root.getLocalName())) {
                return root;
            }
        } catch (IOException notXml) {
            // the same as any other message that is none
        }
        throw SoapFault.invalidArguments();
    }

    /** The element is {@code token} of the namespace {@code avm.de} (AVM, "TR-064 Authentication"). */
    private static Optional<String> token(Element envelope) {
        return Xml.child(envelope, "Header")
                .flatMap(head -> Xml.child(head, "token"))
                .map(element -> element.getTextContent().strip());
    }

    /** Without the arguments, which may hold secrets. */
    @Override
    public String toString() {
        return serviceType + "#" + action;
    }
}
