package io.quorate.aws.xml;

import java.io.ByteArrayInputStream;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/**
 * Makes readers for documents from strangers: no DTD, no entities but XML's own, and bounds for
 * depth and events. The documents' size is bounded by who collects them. Thread-safe.
 */
public final class HardenedXml {
    public static final int MAX_DEPTH = 64;
    /** CompleteMultipartUpload's 10,000 parts with seven elements of three events each, and room. */
    public static final int MAX_EVENTS = 500_000;

    private static final XMLInputFactory FACTORY = newFactory();

    private HardenedXml() {}

    /**
     * A reader at the document's start.
     *
     * @throws XMLStreamException if the document cannot be read; the reader throws it too, also
     *         when a bound is passed or a DTD comes
     */
    public static XMLStreamReader reader(byte[] document) throws XMLStreamException {
        return new Bounded(FACTORY.createXMLStreamReader(new ByteArrayInputStream(document)));
    }

    private static XMLInputFactory newFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    private static final class Bounded extends StreamReaderDelegate {
        private int depth;
        private int events;

        Bounded(XMLStreamReader reader) {
            super(reader);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            if (++events > MAX_EVENTS) {
                throw new XMLStreamException("the document has too many parts");
            }
            switch (event) {
                case START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new XMLStreamException("the document is nested too deeply");
                    }
                }
                case END_ELEMENT -> depth--;
                case DTD, ENTITY_REFERENCE, ENTITY_DECLARATION ->
                    throw new XMLStreamException("DTDs and entities are not read");
                default -> {
                    // Text, comments and the like need no bound of their own.
                }
            }
            return event;
        }
    }
}
