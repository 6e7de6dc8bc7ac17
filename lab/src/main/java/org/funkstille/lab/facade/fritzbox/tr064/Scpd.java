package org.funkstille.lab.facade.fritzbox.tr064;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A service's own description of its actions (Service Control Protocol Definition, UPnP Device Architecture 1.0, 2.3).
 *
 * @param text what clients get
 * @param signatures of all actions, by name
 */
public record Scpd(String text, Map<String, Signature> signatures) {

    /**
     * The arguments of an action, in the order of the description.
     *
     * @param in names of those that a client sends
     * @param out names of those that it gets
     */
    public record Signature(List<String> in, List<String> out) {

        public Signature {
            in = List.copyOf(in);
            out = List.copyOf(out);
        }
    }

    public Scpd {
        signatures = Map.copyOf(signatures);
    }

    public static Scpd parse(String text) throws IOException {
        Map<String, Signature> signatures = new LinkedHashMap<>();
        Element list = Xml.child(Xml.parse(text), "actionList")
                .orElseThrow(() -> new IOException("a service description without actions"));
        for (Element action : Xml.children(list)) {
            List<String> in = new ArrayList<>();
            List<String> out = new ArrayList<>();
            List<Element> arguments =
                    Xml.child(action, "argumentList").map(Xml::children).orElse(List.of());
            for (Element argument : arguments) {
                (Xml.text(argument, "direction").equals("in") ? in : out).add(Xml.text(argument, "name"));
            }
            signatures.put(Xml.text(action, "name"), new Signature(in, out));
        }
        return new Scpd(text, signatures);
    }

    public Optional<Signature> signature(String action) {
        return Optional.ofNullable(signatures.get(action));
    }
}
