package io.quorate.aws.chunked;

import io.quorate.aws.payload.PayloadException;
import io.quorate.aws.payload.PayloadFailure;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.sigv4.ChunkSigner;
import io.quorate.aws.sigv4.PayloadRule;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes an aws-chunked body as its bytes come, and verifies the signatures of its chunks and of
 * its trailing headers.
 *
 * <p>Payload goes to the sink as slices of the input before its chunk's signature could be checked,
 * because the signature covers the chunk to its end. So nothing that the sink got may be
 * <em>acted on</em> (answered, made visible, committed) before {@link #finish} returned: a body is
 * either right to its end or not at all.
 *
 * <p>Bounds: {@link #MAX_LINE_BYTES} for a line of the framing, {@link #MAX_TRAILER_BYTES} and
 * {@link #MAX_TRAILERS} for the trailing headers, and the decoded length that the head promised.
 * After a failure the decoder may not be used again. Not thread-safe.
 *
 * <p>Source: Amazon S3 API reference, "Signature calculations for the Authorization header:
 * transferring payload in multiple chunks" and "including trailing headers".
 */
public final class AwsChunkedDecoder {
    /** The longest chunk header or trailing header line, without its line end. */
    public static final int MAX_LINE_BYTES = 1024;
    /** The longest trailer in all. */
    public static final int MAX_TRAILER_BYTES = 8 * 1024;
    /** The most trailing headers. */
    public static final int MAX_TRAILERS = 16;

    private static final String SIGNATURE_EXTENSION = "chunk-signature=";

    private final long decodedLength;
    private final @Nullable ChunkSigner signer;
    private final @Nullable MessageDigest chunkDigest;
    private final boolean trailerAllowed;
    private final Line line = new Line(MAX_LINE_BYTES);
    private final TrailerLines trailers = new TrailerLines();

    private State state = State.CHUNK_HEADER;
    private long chunkRemaining;
    private long decoded;
    private String chunkSignature = "";

    private enum State {
        CHUNK_HEADER, CHUNK_DATA, CHUNK_END, TRAILER, DONE
    }

    /**
     * A decoder for one body.
     *
     * @param rule one of the two chunked rules
     * @param decodedLength the payload's length that x-amz-decoded-content-length promised
     * @throws IllegalArgumentException for a rule that is not about chunks
     */
    public AwsChunkedDecoder(PayloadRule rule, long decodedLength) {
        this.decodedLength = decodedLength;
        switch (rule) {
            case PayloadRule.SignedChunks signed -> {
                this.signer = signed.signing().signer();
                this.chunkDigest = newSha256();
                this.trailerAllowed = signed.trailer();
            }
            case PayloadRule.UnsignedChunksWithTrailer unsigned -> {
                this.signer = null;
                this.chunkDigest = null;
                this.trailerAllowed = true;
            }
            case PayloadRule.SignedBody body -> throw notChunked(body);
            case PayloadRule.UnsignedBody body -> throw notChunked(body);
        }
    }

    /**
     * Decodes the buffer's remaining bytes; its position moves to its limit.
     *
     * @throws PayloadException if the body is wrong
     */
    public void decode(ByteBuffer in, PayloadSink sink) {
        int limit = in.limit();
        int at = in.position();
        while (at < limit) {
            at = state == State.CHUNK_DATA ? data(in, at, limit, sink) : framing(in, at, limit);
        }
        in.position(limit);
    }

    /**
     * Says that the input is over.
     *
     * @throws PayloadException if the body is not complete
     */
    public void finish() {
        if (state != State.DONE) {
            throw new PayloadException(
                    new PayloadFailure.Incomplete("the body ended before its last chunk's end"));
        }
    }

    /** The trailing headers, once {@link #finish} returned; the signature is not among them. */
    public AwsHeaders trailers() {
        finish();
        return trailers.headers();
    }

    /** How many bytes of payload have been decoded. */
    public long decodedBytes() {
        return decoded;
    }

    private int data(ByteBuffer in, int at, int limit, PayloadSink sink) {
        int length = (int) Math.min(chunkRemaining, limit - at);
        if (chunkDigest != null) {
            chunkDigest.update(in.slice(at, length));
        }
        sink.payload(in, at, length);
        chunkRemaining -= length;
        decoded += length;
        if (chunkRemaining == 0) {
            state = State.CHUNK_END;
        }
        return at + length;
    }

    private int framing(ByteBuffer in, int at, int limit) {
        if (state == State.DONE) {
            throw malformed("bytes follow the body's end");
        }
        int next = line.read(in, at, limit);
        if (line.isComplete()) {
            String text = line.take();
            switch (state) {
                case CHUNK_HEADER -> beginChunk(text);
                case CHUNK_END -> endChunk(text);
                case TRAILER -> trailerLine(text);
                case CHUNK_DATA, DONE -> throw new IllegalStateException("no line in " + state);
            }
        }
        return next;
    }

    private void beginChunk(String header) {
        int semicolon = header.indexOf(';');
        long size = chunkSize(semicolon < 0 ? header : header.substring(0, semicolon));
        if (size > decodedLength - decoded) {
            throw incomplete("more bytes than x-amz-decoded-content-length says");
        }
        chunkSignature = semicolon < 0 ? "" : signatureExtension(header.substring(semicolon + 1));
        if (signer != null && chunkSignature.isEmpty()) {
            throw malformed("a chunk has no signature");
        }
        chunkRemaining = size;
        if (size > 0) {
            state = State.CHUNK_DATA;
        } else {
            lastChunk();
        }
    }

    private void lastChunk() {
        verifyChunk();
        if (decoded != decodedLength) {
            throw incomplete("fewer bytes than x-amz-decoded-content-length says");
        }
        // The empty line that ends a body without trailing headers is read as an empty trailer.
        state = State.TRAILER;
    }

    private void endChunk(String text) {
        if (!text.isEmpty()) {
            throw malformed("a chunk does not end where its size says");
        }
        verifyChunk();
        state = State.CHUNK_HEADER;
    }

    private void verifyChunk() {
        if (signer != null && chunkDigest != null
                && !signer.acceptChunk(chunkDigest.digest(), chunkSignature)) {
            throw new PayloadException(new PayloadFailure.ChunkSignatureMismatch());
        }
    }

    private void trailerLine(String text) {
        if (!text.isEmpty()) {
            if (!trailerAllowed) {
                throw malformed("trailing headers were not announced");
            }
            trailers.add(text);
            return;
        }
        if (trailerAllowed && signer != null) {
            String signature = trailers.signature();
            if (signature == null) {
                throw malformed("the trailing headers have no signature");
            }
            if (!signer.acceptTrailer(newSha256().digest(trailers.canonical()), signature)) {
                throw new PayloadException(new PayloadFailure.TrailerSignatureMismatch());
            }
        }
        state = State.DONE;
    }

    private static long chunkSize(String hex) {
        if (hex.isEmpty() || hex.length() > 15) {
            throw malformed("a chunk's size is missing or too long");
        }
        long size = 0;
        for (int i = 0; i < hex.length(); i++) {
            int digit = Character.digit(hex.charAt(i), 16);
            if (digit < 0) {
                throw malformed("a chunk's size is not hexadecimal");
            }
            size = size << 4 | digit;
        }
        return size;
    }

    private static String signatureExtension(String extension) {
        String text = extension.trim();
        return text.startsWith(SIGNATURE_EXTENSION)
                ? text.substring(SIGNATURE_EXTENSION.length())
                : "";
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static IllegalArgumentException notChunked(PayloadRule rule) {
        return new IllegalArgumentException("not a rule about chunks: " + rule);
    }

    private static PayloadException incomplete(String detail) {
        return new PayloadException(new PayloadFailure.Incomplete(detail));
    }

    static PayloadException malformed(String detail) {
        return new PayloadException(new PayloadFailure.Malformed(detail));
    }
}
