package io.quorate.aws.xml;

import java.nio.charset.StandardCharsets;

/**
 * Writes XML 1.0 documents of elements, attributes and text, without a tree. Names are the
 * caller's constants and are written as they are; text is escaped, and chars that XML 1.0 cannot
 * hold become U+FFFD. Not thread-safe.
 */
public final class XmlWriter {
    private final StringBuilder out;

    public XmlWriter(int expectedChars) {
        this.out = new StringBuilder(expectedChars);
    }

    /** The XML declaration and a line end. */
    public XmlWriter declaration() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        return this;
    }

    public XmlWriter open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    /** Opens an element in a default namespace. */
    public XmlWriter openIn(String name, String namespace) {
        return open(name, "xmlns", namespace);
    }

    /** Opens an element with attributes, as {@code name, value, name, value ...}. */
    public XmlWriter open(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    public XmlWriter close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    public XmlWriter empty(String name) {
        out.append('<').append(name).append("/>");
        return this;
    }

    public XmlWriter text(String text) {
        escape(text);
        return this;
    }

    public XmlWriter element(String name, String text) {
        return open(name).text(text).close(name);
    }

    public XmlWriter element(String name, long value) {
        open(name);
        out.append(value);
        return close(name);
    }

    public XmlWriter element(String name, boolean value) {
        open(name);
        out.append(value);
        return close(name);
    }

    /** The document so far in UTF-8. */
    public byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                // A reader would turn these into a space or a line feed.
                case '\r' -> out.append("&#13;");
                case '\n' -> out.append("&#10;");
                case '\t' -> out.append("&#9;");
                default -> out.append(isXml(text, i) ? c : '\uFFFD');
            }
        }
    }

    private static boolean isXml(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= ' ' && c < '\uFFFE';
    }
}
