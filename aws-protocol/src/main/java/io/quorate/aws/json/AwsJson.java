package io.quorate.aws.json;

import java.io.OutputStream;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The one JSON factory. It refuses documents that are deeper, longer or richer than any request of
 * the AWS JSON protocols, and objects with a name twice. Thread-safe.
 */
public final class AwsJson {
    /** DynamoDB nests 32 levels, each of which is two in its JSON, and the request's own. */
    public static final int MAX_DEPTH = 100;
    /** DynamoDB's numbers have 38 digits and an exponent. */
    public static final int MAX_NUMBER_LENGTH = 256;
    /** BatchWriteItem's 16 MiB and its framing, in base64 at worst. */
    public static final int MAX_STRING_LENGTH = 24 * 1024 * 1024;
    public static final int MAX_DOCUMENT_LENGTH = 24 * 1024 * 1024;
    /** An attribute's name has at most 64 KiB. */
    public static final int MAX_NAME_LENGTH = 128 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH).maxStringLength(MAX_STRING_LENGTH)
                    .maxDocumentLength(MAX_DOCUMENT_LENGTH).maxNameLength(MAX_NAME_LENGTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private AwsJson() {}

    public static JsonFactory factory() {
        return FACTORY;
    }

    /** A parser over a document in UTF-8. Close it: it gives its buffers back. */
    public static JsonParser parser(byte[] document) {
        return FACTORY.createParser(ObjectReadContext.empty(), document);
    }

    /** A generator that writes UTF-8. Close it: it gives its buffers back. */
    public static JsonGenerator generator(OutputStream out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }
}
