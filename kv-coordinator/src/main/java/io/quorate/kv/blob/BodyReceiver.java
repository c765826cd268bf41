package io.quorate.kv.blob;

import io.quorate.kv.KvFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Answers the other nodes: takes their bodies, and gives them ours. */
final class BodyReceiver implements BodyPeers.Replica {
    private final BlobFiles files;
    private final PartFiles parts;
    private final Copies.Means means;

    BodyReceiver(BlobFiles files, PartFiles parts, Copies.Means means) {
        this.files = files;
        this.parts = parts;
        this.means = means;
    }

    @Override
    public Mono<Void> receive(UUID id, Flux<BodyPart> body) {
        return Mono.fromCallable(() -> files.exists(id)).subscribeOn(parts.scheduler())
                .flatMap(here -> here
                        ? Mono.<Void>empty()
                        : parts.fill(id, part -> take(part, body)))
                .onErrorMap(BlobFailures::of);
    }

    private Mono<Void> take(PartFile part, Flux<BodyPart> body) {
        // One part is asked for when the one before is written: the sender is held back.
        return body.timeout(means.settings().reservation())
                .publishOn(parts.scheduler(), 1)
                .handle((BodyPart next, SynchronousSink<BodyPart.End> sink) -> {
                    switch (next) {
                        case BodyPart.Bytes(ByteBuffer bytes) -> part.write(bytes);
                        case BodyPart.End end -> sink.next(end);
                    }
                }).singleOrEmpty()
                .switchIfEmpty(Mono.error(() -> new IOException("a body broke off")))
                .flatMap(end -> publish(part, end));
    }

    private static Mono<Void> publish(PartFile part, BodyPart.End end) {
        return Mono.fromCallable(() -> {
            part.publish(end);
            return end;
        }).then();
    }

    @Override
    public Flux<ByteBuffer> read(UUID id, long offset) {
        return Mono.fromCallable(() -> files.length(id)).subscribeOn(parts.scheduler())
                .onErrorMap(BlobFailures::of).flatMapMany(length -> {
                    if (length < offset) {
                        return Flux.error(
                                new KvFailure.Refused("the body is not here").asException());
                    }
                    FileTail tail = new FileTail(new FileTail.Source(files, id, offset),
                            means.executor(), means.settings().chunkBytes(), () -> {});
                    tail.finished(new BodyPart.End(length, 0));
                    return Flux.from(tail).ofType(BodyPart.Bytes.class)
                            .map(BodyPart.Bytes::bytes);
                });
    }
}
