package io.quorate.s3.model;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a document that describes a setting: names and texts, as clients write and read them.
 *
 * @param name the element's name; an attribute's begins with {@code @}
 * @param text its text; "" if it has children
 * @param children what it holds
 */
public record Element(String name, String text, List<Element> children) {
    public Element {
        children = List.copyOf(children);
    }

    /** A piece of text. */
    public static Element text(String name, String text) {
        return new Element(name, text, List.of());
    }

    /** A piece that holds others. */
    public static Element of(String name, Element... children) {
        return new Element(name, "", List.of(children));
    }

    /** A piece that holds others. */
    public static Element of(String name, List<Element> children) {
        return new Element(name, "", children);
    }

    /** The first child of the name. */
    public Optional<Element> child(String childName) {
        // Every request asks this of its bucket's settings, so no stream is made for it.
        for (Element child : children) {
            if (child.name().equals(childName)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** All children of the name, in order. */
    public List<Element> children(String childName) {
        return children.stream().filter(child -> child.name().equals(childName)).toList();
    }

    /** The text of the first child of the name. */
    public Optional<String> textOf(String childName) {
        return child(childName).map(Element::text);
    }

    /** The texts of all children of the name. */
    public List<String> textsOf(String childName) {
        return children(childName).stream().map(Element::text).toList();
    }

    /** Whether the child of the name says true. */
    public boolean isTrue(String childName) {
        return textOf(childName).filter("true"::equalsIgnoreCase).isPresent();
    }
}
