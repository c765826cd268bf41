package io.quorate.aws.chunked;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Bodies as clients frame them, and ways to feed them to a decoder. */
final class Bodies {
    private Bodies() {}

    static byte[] concat(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(part instanceof byte[] bytes
                    ? bytes
                    : part.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    /** Decodes the body fed whole up to each of the given cuts. */
    static byte[] decode(AwsChunkedDecoder decoder, byte[] body, int... cuts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PayloadSink sink = (source, index, length) -> {
            byte[] part = new byte[length];
            source.get(index, part);
            out.writeBytes(part);
        };
        int from = 0;
        for (int cut : cuts) {
            decoder.decode(ByteBuffer.wrap(body, from, cut - from), sink);
            from = cut;
        }
        decoder.decode(ByteBuffer.wrap(body, from, body.length - from), sink);
        decoder.finish();
        return out.toByteArray();
    }
}
