package io.quorate.s3.http;

import static javax.xml.stream.XMLStreamConstants.CDATA;
import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.quorate.aws.xml.HardenedXml;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads documents to trees and writes them. Pure functions. */
final class XmlTree {
    private static final int MAX_DEPTH = 12;
    private static final int MAX_ELEMENTS = 100_000;
    private static final int CHARS = 1_024;
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final String TYPE = "@type";

    private XmlTree() {}

    /**
     * The document's tree.
     *
     * @throws S3Exception MalformedXML if it is none: text beside elements, too deep, too much
     */
    static Element parse(byte[] document) {
        try {
            return tree(HardenedXml.reader(document));
        } catch (XMLStreamException malformed) {
            throw malformed();
        }
    }

    private static S3Exception malformed() {
        return new S3Exception(S3Error.MALFORMED_XML);
    }

    private static Element tree(XMLStreamReader xml) throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        Element root = null;
        int elements = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS || open.size() == MAX_DEPTH) {
                        throw malformed();
                    }
                    open.push(Open.at(xml));
                }
                case CHARACTERS, CDATA -> {
                    if (!open.isEmpty()) {
                        open.element().text.append(xml.getText());
                    }
                }
                case END_ELEMENT -> {
                    Element closed = open.pop().close();
                    if (open.isEmpty()) {
                        root = closed;
                    } else {
                        open.element().children.add(closed);
                    }
                }
                default -> {
                    // Comments and the document's ends say nothing.
                }
            }
        }
        if (root == null) {
            throw malformed();
        }
        return root;
    }

    /** An element whose end has not come. */
    private static final class Open {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<Element> children = new ArrayList<>();

        private Open(String name) {
            this.name = name;
        }

        /** The one attribute that says something is the type of a grantee. */
        static Open at(XMLStreamReader xml) {
            Open open = new Open(xml.getLocalName());
            String type = xml.getAttributeValue(INSTANCE, "type");
            if (type != null) {
                open.children.add(Element.text(TYPE, type));
            }
            return open;
        }

        Element close() {
            if (children.isEmpty()) {
                // A text that is nothing but white may stand between the tags of an empty element.
                String all = text.toString();
                return Element.text(name, all.isBlank() && all.contains("\n") ? "" : all);
            }
            if (!text.toString().isBlank()) {
                throw malformed();
            }
            return Element.of(name, children);
        }
    }

    /** The document of a tree. */
    static byte[] render(Element root) {
        XmlWriter xml = new XmlWriter(CHARS).declaration().openIn(root.name(),
                ListEncoder.NAMESPACE);
        if (root.children().isEmpty()) {
            xml.text(root.text());
        }
        root.children().forEach(child -> write(xml, child));
        return xml.close(root.name()).toBytes();
    }

    private static void write(XmlWriter xml, Element element) {
        String name = element.name();
        if (name.equals(TYPE)) {
            return;
        }
        if (element.children().isEmpty()) {
            xml.element(name, element.text());
            return;
        }
        element.textOf(TYPE).ifPresentOrElse(
                type -> xml.open(name, "xmlns:xsi", INSTANCE, "xsi:type", type),
                () -> xml.open(name));
        element.children().forEach(child -> write(xml, child));
        xml.close(name);
    }
}
