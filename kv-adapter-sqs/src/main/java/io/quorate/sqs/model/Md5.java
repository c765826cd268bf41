package io.quorate.sqs.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The MD5 digests by which clients check what SQS stored and returned. Source: SQS developer guide,
 * "Calculating the MD5 message digest for message attributes". Pure functions.
 */
public final class Md5 {
    private static final byte STRING_TYPE = 1;
    private static final byte BINARY_TYPE = 2;

    private Md5() {}

    /** The digest of a body, in lower-case hex. */
    public static String ofText(String text) {
        return hex(digest(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of attributes, whatever their order, in lower-case hex. */
    public static String ofAttributes(List<MessageAttribute> attributes) {
        MessageDigest digest = digest();
        attributes.stream().sorted(Comparator.comparing(MessageAttribute::name))
                .forEach(attribute -> {
                    add(digest, attribute.name().getBytes(StandardCharsets.UTF_8));
                    add(digest, attribute.dataType().getBytes(StandardCharsets.UTF_8));
                    digest.update(attribute.binary() ? BINARY_TYPE : STRING_TYPE);
                    add(digest, attribute.value());
                });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static String hex(MessageDigest digest, byte[] bytes) {
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has MD5", impossible);
        }
    }
}
