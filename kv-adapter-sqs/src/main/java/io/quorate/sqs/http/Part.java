package io.quorate.sqs.http;

import io.quorate.sqs.model.MessageAttribute;
import java.util.List;
import java.util.Map;

/** A part of an answer, with its name in each protocol. */
sealed interface Part {
    /** A text, named alike in both. */
    record Text(String name, String value) implements Part {}

    /** A number, named alike in both. */
    record Count(String name, long value) implements Part {}

    /** True or false, named alike in both. */
    record Flag(String name, boolean value) implements Part {}

    /** Texts: a list in JSON, repeated elements in XML. */
    record Texts(String json, String xml, List<String> values) implements Part {}

    /** Texts by name: an object in JSON, repeated elements in XML. */
    record Pairs(String json, String xml, String xmlKey, Map<String, String> values)
            implements
                Part {}

    /** Objects: a list in JSON, repeated elements in XML. */
    record Objects(String json, String xml, List<List<Part>> values) implements Part {}

    /** The user attributes of a message. */
    record UserAttributes(List<MessageAttribute> values) implements Part {}
}
