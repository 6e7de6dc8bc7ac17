package org.funkstille.lab.facade.fritzbox.tr064;

import java.util.Map;
import org.funkstille.lab.facade.http.WebAnswer;

/** Writes what a box answers to a call. */
public final class SoapAnswer {

    private static final String TYPE = "text/xml; charset=\"utf-8\"";

    private SoapAnswer() {}

    /** @param results in the order in which they are to be written */
    public static WebAnswer of(SoapRequest request, Map<String, String> results) {
        StringBuilder values = new StringBuilder();
        results.forEach((name, value) -> values.append("<%1$s>%2$s</%1$s>\n".formatted(name, Xml.escaped(value))));
        return message(
                200,
                "<u:%1$sResponse xmlns:u=\"%2$s\">\n%3$s</u:%1$sResponse>\n"
                        .formatted(request.action(), request.serviceType(), values));
    }

    /** A fault travels with HTTP status 500 (SOAP 1.1, 6.2). */
    public static WebAnswer of(SoapFault fault) {
        return message(500, """
                <s:Fault>
                <faultcode>s:Client</faultcode>
                <faultstring>UPnPError</faultstring>
                <detail>
                <UPnPError xmlns="urn:dslforum-org:control-1-0">
                <errorCode>%d</errorCode>
                <errorDescription>%s</errorDescription>
                </UPnPError>
                </detail>
                </s:Fault>
                """.formatted(fault.code(), fault.description()));
    }

    private static WebAnswer message(int status, String body) {
        String envelope = """
                <?xml version="1.0"?>
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
                s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
                <s:Body>
                %s</s:Body>
                </s:Envelope>
                """.formatted(body);
        return WebAnswer.of(status, TYPE, envelope).withHeader("EXT", "");
    }
}
