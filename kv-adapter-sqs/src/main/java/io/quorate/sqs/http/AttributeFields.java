package io.quorate.sqs.http;

import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.MessageAttribute;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The fields of one message attribute while it is read. Not thread-safe. */
final class AttributeFields {
    private @Nullable String dataType;
    private @Nullable String stringValue;
    private byte @Nullable [] binaryValue;

    void dataType(String value) {
        dataType = value;
    }

    void stringValue(String value) {
        stringValue = value;
    }

    void binaryValue(String base64) {
        try {
            binaryValue = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new SqsException(SqsError.SERIALIZATION, "A binary value is not valid base64.");
        }
    }

    MessageAttribute toAttribute(String name) {
        if (dataType == null) {
            throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                    "The message (user) attribute '" + name
                            + "' must contain a non-empty message attribute type.");
        }
        String string = stringValue;
        byte[] binary = binaryValue;
        if (string != null && binary == null) {
            return MessageAttribute.text(name, dataType, string);
        }
        if (string == null && binary != null) {
            return new MessageAttribute(name, dataType, true, binary);
        }
        throw new SqsException(SqsError.INVALID_PARAMETER_VALUE,
                "The message (user) attribute '" + name + "' must contain exactly one value.");
    }
}
