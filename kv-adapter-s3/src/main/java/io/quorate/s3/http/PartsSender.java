package io.quorate.s3.http;

import io.quorate.s3.model.OpenObject;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.RangeRequest.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The bytes of an object that is made of parts: one part is open at a time, and of it one buffer is read
 * when there is room for it. Pure functions.
 */
final class PartsSender {
    private static final int BUFFER = 64 * 1024;

    private PartsSender() {}

    /** Bytes of one part. */
    private record Piece(Part part, Slice slice) {}

    static Flux<DataBuffer> bytes(OpenObject.Parts object, Slice slice,
            DataBufferFactory buffers) {
        return Flux.fromIterable(pieces(object.parts(), slice))
                .concatMap(piece -> object.opener().apply(piece.part())
                        .switchIfEmpty(Mono.error(() -> new IllegalStateException(
                                "the object was replaced while it was sent")))
                        .flatMapMany(open -> read(open, piece.slice(), buffers)), 0);
    }

    private static List<Piece> pieces(List<Part> parts, Slice slice) {
        List<Piece> pieces = new ArrayList<>();
        long start = 0;
        long end = slice.first() + slice.count();
        for (Part part : parts) {
            long length = part.body().length();
            long first = Math.max(slice.first(), start);
            long last = Math.min(end, start + length);
            if (first < last) {
                pieces.add(new Piece(part, new Slice(first - start, last - first)));
            }
            start += length;
        }
        return pieces;
    }

    private static Flux<DataBuffer> read(OpenObject open, Slice slice,
            DataBufferFactory buffers) {
        return switch (open) {
            case OpenObject.Bytes bytes -> Flux.just(buffers.wrap(ByteBuffer
                    .wrap(bytes.bytes().shared(), (int) slice.first(), (int) slice.count())));
            case OpenObject.File file -> DataBufferUtils
                    .takeUntilByteCount(
                            DataBufferUtils.read(new FileSystemResource(file.blob().path()),
                                    slice.first(), buffers, BUFFER),
                            slice.count())
                    .doFinally(signal -> file.close());
            case OpenObject.Parts parts ->
                throw new IllegalStateException("a part is not made of parts");
        };
    }
}
