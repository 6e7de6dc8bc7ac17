package org.funkstille.lab.facade.fritzbox.tr064;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads and writes the small XML documents of this protocol. */
public final class Xml {

    private Xml() {}

    /** @throws IOException where it is not well-formed, or has a document type */
    public static Element parse(String text) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Silent());
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException notXml) {
            throw new IOException("not XML: " + notXml.getMessage(), notXml);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The element children, in their order. */
    public static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** The first element child of that name, in whatever namespace. */
    public static Optional<Element> child(Element parent, String localName) {
        return children(parent).stream()
                .filter(element -> localName.equals(element.getLocalName()))
                .findFirst();
    }

    /** The text of a child, without blanks around it; empty where there is no such child. */
    public static String text(Element parent, String localName) {
        return child(parent, localName).map(Element::getTextContent).orElse("").strip();
    }

    /** As the content of an element. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Without it the JDK's parser prints to standard error. */
    private static final class Silent implements ErrorHandler {

        @Override
        public void warning(SAXParseException ignored) {}

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    }
}
