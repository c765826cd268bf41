package io.quorate.aws.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    @ParameterizedTest
    @ValueSource(strings = {"plain", "<&>\"'", "a\r\nb\tc", "]]>", "€😀\uD7FF\uE000", " x "})
    void whatIsWrittenIsReadAgain(String text) throws XMLStreamException {
        byte[] document = new XmlWriter(64).declaration().open("A", "b", text).text(text)
                .close("A").toBytes();

        XMLStreamReader reader = HardenedXml.reader(document);
        reader.nextTag();
        assertThat(reader.getAttributeValue(null, "b")).isEqualTo(text);
        assertThat(reader.getElementText()).isEqualTo(text);
    }

    @Test
    void charsThatXmlCannotHoldAreReplaced() {
        byte[] document = new XmlWriter(64).element("A", "\u0000\u0001\u001F\uFFFE\uD800x\uDC00")
                .toBytes();

        assertThat(new String(document, StandardCharsets.UTF_8))
                .isEqualTo("<A>\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDx\uFFFD</A>");
    }

    @Test
    void elementsOfEveryKindAreWritten() {
        byte[] document = new XmlWriter(64).openIn("R", "urn:x").element("N", 5).element("B", true)
                .empty("E").close("R").toBytes();

        assertThat(new String(document, StandardCharsets.UTF_8))
                .isEqualTo("<R xmlns=\"urn:x\"><N>5</N><B>true</B><E/></R>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<a>&undefined;</a>", "<a><b></a>", "<a", ""})
    void documentsWithEntitiesOrErrorsAreRefused(String document) {
        assertThatThrownBy(() -> readAll(document)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void depthAndNumberOfPartsAreBounded() throws XMLStreamException {
        String deepest = "<a>".repeat(HardenedXml.MAX_DEPTH) + "</a>".repeat(HardenedXml.MAX_DEPTH);
        String many = "<a>" + "<b/>".repeat(HardenedXml.MAX_EVENTS / 2) + "</a>";

        readAll(deepest);
        assertThatThrownBy(() -> readAll("<a>" + deepest + "</a>"))
                .isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> readAll(many)).isInstanceOf(XMLStreamException.class);
    }

    private static void readAll(String document) throws XMLStreamException {
        XMLStreamReader reader = HardenedXml.reader(document.getBytes(StandardCharsets.UTF_8));
        while (reader.hasNext()) {
            reader.next();
        }
    }
}
