package io.quorate.kv.blob;

import io.quorate.kv.KvFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Brings bodies that other nodes have to this one. Who wants the same body shares one fetch, which goes
 * on when they leave. Safe for any thread.
 */
final class BodyFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(BodyFetcher.class);

    private final BodyPeers peers;
    private final PartFiles parts;
    private final Duration progress;
    private final ConcurrentHashMap<UUID, Mono<Void>> running = new ConcurrentHashMap<>();

    BodyFetcher(BodyPeers peers, PartFiles parts, Duration progress) {
        this.peers = peers;
        this.parts = parts;
        this.progress = progress;
    }

    /**
     * Fetches a body and replaces the file that has its name, if there is one.
     *
     * @param row what it must be
     * @param sources nodes to ask, in order; one that breaks off is followed by the next where it ended
     */
    Mono<Void> fetch(UUID id, BlobRow.Live row, List<String> sources) {
        return Mono.defer(() -> running.computeIfAbsent(id, same -> begin(same, row, sources)));
    }

    private Mono<Void> begin(UUID id, BlobRow.Live row, List<String> sources) {
        BodyPart.End whole = new BodyPart.End(row.length(), row.crc32c());
        return parts.fill(id, part -> from(id, part, whole, List.copyOf(sources)))
                .doFinally(ended -> running.remove(id))
                .doOnSuccess(nothing -> LOG.info("event=body-fetched id={} bytes={}", id,
                        row.length()))
                .cache();
    }

    private Mono<Void> from(UUID id, PartFile part, BodyPart.End whole, List<String> sources) {
        if (sources.isEmpty()) {
            return Mono.error(new KvFailure.Overloaded("blob.holders").asException());
        }
        String node = sources.getFirst();
        List<String> others = sources.subList(1, sources.size());
        return peers.fetch(node, id, part.length()).timeout(progress)
                .publishOn(parts.scheduler(), 1)
                .doOnNext(bytes -> {
                    if (part.length() + bytes.remaining() > whole.length()) {
                        throw new IllegalStateException("more bytes than the body has");
                    }
                    part.write(bytes);
                }).then(Mono.defer(() -> publish(part, whole)))
                .onErrorResume(failed -> {
                    LOG.info("event=body-fetch-broke-off id={} node={} offset={} cause={}", id,
                            node, part.length(), failed.toString());
                    return Mono.fromCallable(() -> clearIfWrong(part, whole))
                            .subscribeOn(parts.scheduler())
                            .then(Mono.defer(() -> from(id, part, whole, others)));
                });
    }

    private static Mono<Void> publish(PartFile part, BodyPart.End whole) {
        return Mono.fromCallable(() -> {
            part.publish(whole);
            return whole;
        }).then();
    }

    /** A prefix is worth keeping; bytes that do not make up the body are not. */
    private static boolean clearIfWrong(PartFile part, BodyPart.End whole)
            throws java.io.IOException {
        boolean wrong = part.length() >= whole.length();
        if (wrong) {
            part.clear();
        }
        return wrong;
    }
}
