package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What SQS lets a message hold. Source: SendMessage, "MessageBody", and the developer guide,
 * "Message metadata". Pure functions.
 */
final class MessageRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..+)?");
    private static final int MAX_TYPE_LENGTH = 256;
    private static final Pattern ID = Pattern
            .compile("[A-Za-z0-9!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~]{1,128}");

    private MessageRules() {}

    /** Refuses text with a character that XML 1.0 cannot hold. */
    static void checkText(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isAllowed(text.codePointAt(i))) {
                throw invalidContents();
            }
        }
    }

    private static SqsException invalidContents() {
        return new SqsException(SqsError.INVALID_MESSAGE_CONTENTS,
                "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | "
                        + "#x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.");
    }

    private static boolean isAllowed(int c) {
        return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    static String checkedId(String id, String parameter) {
        if (!ID.matcher(id).matches()) {
            throw SqsException.invalidValue(id.length() <= 128 ? id : "given", parameter,
                    parameter + " can only include alphanumeric and punctuation characters. "
                            + "1 to 128 in length.");
        }
        return id;
    }

    static List<MessageAttribute> checked(List<MessageAttribute> attributes) {
        if (attributes.size() > MessageContent.MAX_ATTRIBUTES) {
            throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                    "Number of message attributes ["
                            + attributes.size() + "] exceeds the allowed maximum ["
                            + MessageContent.MAX_ATTRIBUTES + "].");
        }
        Set<String> names = new HashSet<>();
        for (MessageAttribute attribute : attributes) {
            checkName(attribute.name());
            checkType(attribute);
            if (!names.add(attribute.name())) {
                throw invalid(attribute, "must be unique");
            }
            if (attribute.value().length == 0) {
                throw invalid(attribute, "must contain a non-empty value of type '"
                        + attribute.dataType() + "'");
            }
            if (!attribute.binary()) {
                checkText(attribute.text());
            }
        }
        return attributes;
    }

    private static void checkName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean reserved = lower.startsWith("aws.") || lower.startsWith("amazon.");
        boolean dots = name.startsWith(".") || name.endsWith(".") || name.contains("..");
        if (reserved || dots || !NAME.matcher(name).matches()) {
            throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                    "Message attribute name '" + name + "' is invalid. Attribute name can contain "
                            + "A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.");
        }
    }

    private static void checkType(MessageAttribute attribute) {
        String type = attribute.dataType();
        if (type.length() > MAX_TYPE_LENGTH || !TYPE.matcher(type).matches()) {
            throw invalid(attribute, "has an invalid message attribute type, the set of supported "
                    + "type prefixes is Binary, Number, and String");
        }
        if (type.startsWith("Binary") != attribute.binary()) {
            throw invalid(attribute,
                    "with type '" + type + "' must use field '"
                            + (type.startsWith("Binary") ? "Binary" : "String") + "'");
        }
        if (type.startsWith("Number") && !isNumber(attribute.text())) {
            throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                    "Can't cast the value of message (user) attribute '" + attribute.name()
                            + "' to a number.");
        }
    }

    private static final Pattern NUMBER = Pattern
            .compile("[+-]?\\d{1,38}(\\.\\d{1,38})?([eE][+-]?\\d{1,3})?");

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static SqsException invalid(MessageAttribute attribute, String reason) {
        return new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                "The message (user) attribute '" + attribute.name() + "' " + reason + ".");
    }
}
