package org.funkstille.routers.fritzbox.tr064;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a document that a router sent. Whoever sent it may mean us ill, so document types and entities of its own
 * are refused, and its size is limited.
 *
 * @param name without its namespace
 * @param text what stands directly in it, without white space around it
 */
public record XmlElement(String name, String text, List<XmlElement> children) {

    private static final int DEEPEST = 16;

    /** A box knows some hundred hosts, with about twenty elements each. */
    private static final int MOST = 100_000;

    private static final XMLInputFactory FACTORY = factory();

    public XmlElement {
        children = List.copyOf(children);
    }

    /** Not a document that we read; the message says why, without its content. */
    public static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private static final class Open {

        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlElement> children = new ArrayList<>();

        Open(String name) {
            this.name = name;
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    public static XmlElement parse(String document) throws Unreadable {
        try {
            return root(reader(document));
        } catch (XMLStreamException malformed) {
            throw new Unreadable("not well-formed, or not whole");
        }
    }

    private static XMLStreamReader reader(String document) throws XMLStreamException {
        synchronized (FACTORY) {
            return FACTORY.createXMLStreamReader(new StringReader(document));
        }
    }

    private static XmlElement root(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        Deque<Open> open = new ArrayDeque<>();
        Optional<XmlElement> root = Optional.empty();
        int count = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.push(new Open(reader.getLocalName()));
                    count++;
                    if (open.size() > DEEPEST || count > MOST) {
                        throw new Unreadable("larger than anything that a router has to say");
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Open ended = open.pop();
                    XmlElement element =
                            new XmlElement(ended.name, ended.text.toString().strip(), ended.children);
                    if (open.isEmpty()) {
                        root = Optional.of(element);
                    } else {
                        open.element().children.add(element);
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Unreadable("it defines entities of its own, which no router does");
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
        return root.orElseThrow(() -> new Unreadable("empty"));
    }

    public Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    /** The text of a child; nothing where there is none. */
    public Optional<String> childText(String wanted) {
        return child(wanted).map(XmlElement::text);
    }

    /** This element or one within it, whichever comes first in the document. */
    public Optional<XmlElement> find(String wanted) {
        if (name.equals(wanted)) {
            return Optional.of(this);
        }
        return children.stream().flatMap(child -> child.find(wanted).stream()).findFirst();
    }

    /** Text as it may stand in an element or an attribute. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Only how large it is: it may hold secrets. */
    @Override
    public String toString() {
        return "<" + name + "> with " + children.size() + " children";
    }
}
