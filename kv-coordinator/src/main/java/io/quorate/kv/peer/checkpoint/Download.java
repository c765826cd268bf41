package io.quorate.kv.peer.checkpoint;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.quorate.kv.peer.PeerHeaders;
import io.quorate.kv.peer.Uuids;
import io.quorate.kv.peer.wire.CheckpointChunk;
import io.quorate.kv.peer.wire.CheckpointsGrpc;
import io.quorate.kv.peer.wire.FetchCheckpoint;
import io.quorate.kv.peer.wire.PeerStatus;
import io.quorate.kv.peer.wire.PrepareCheckpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fetch, on a thread of its own from its start to its end. */
final class Download {
    private static final Logger log = LoggerFactory.getLogger(Download.class);
    /** The other node makes a checkpoint and reads it once. */
    private static final Duration PREPARE = Duration.ofMinutes(5);
    /** One stream; the next goes on where it stopped. Whatever hangs is noticed by then. */
    private static final Duration STREAM = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Damage on the way is rare; so often means that the source is damaged. */
    private static final int DAMAGED_MAX = 8;

    private final int group;
    private final String member;
    private final long atLeast;
    private final CheckpointSettings settings;
    private final Supplier<Optional<Channel>> connection;
    private final CheckpointDirectories directories;
    private final CheckpointListener listener;
    private final long startedAt = System.nanoTime();
    private volatile @Nullable PartialCheckpoint partial;
    private long progressAt = System.nanoTime();
    private int damaged;

    /**
     * What every fetch has.
     *
     * @param listener hears how it gets on
     */
    record Means(CheckpointSettings settings, CheckpointDirectories directories,
            CheckpointListener listener) {}

    /** @param connection the way to the member */
    Download(CheckpointProgress wanted, long atLeast, Means means,
            Supplier<Optional<Channel>> connection) {
        this.group = wanted.group();
        this.member = wanted.member();
        this.atLeast = atLeast;
        this.settings = means.settings();
        this.connection = connection;
        this.directories = means.directories();
        this.listener = means.listener();
    }

    CheckpointProgress progress() {
        PartialCheckpoint present = partial;
        return present == null
                ? new CheckpointProgress(group, member, 0, 0)
                : new CheckpointProgress(group, member, present.bytes(),
                        present.manifest().bytes());
    }

    /** What has arrived, to be gone on with by the next fetch. */
    @Nullable
    PartialCheckpoint partial() {
        return partial;
    }

    /** Goes on with what an earlier fetch left; its index may be too low by now. */
    void resume(PartialCheckpoint before) {
        if (before.member().equals(member) && before.manifest().mark().index() >= atLeast) {
            partial = before;
        } else {
            CheckpointDirectories.delete(before.directory());
        }
    }

    /** Fetches until all is there. */
    PartialCheckpoint run() {
        try {
            return fetch();
        } finally {
            listener.receives(group, member, 0);
        }
    }

    private PartialCheckpoint fetch() {
        while (true) {
            try {
                PartialCheckpoint present = partial;
                if (present == null) {
                    present = prepare();
                    partial = present;
                    progressAt = System.nanoTime();
                }
                listener.receives(group, member, present.manifest().bytes());
                receive(present);
                if (present.isComplete()) {
                    return present;
                }
            } catch (StatusRuntimeException broken) {
                giveUpOrWait(broken);
                startAgainIfGone(broken);
            } catch (DamagedChunkException damage) {
                log.warn("checkpoint damaged on its way group={} from={}", group, member, damage);
                damaged++;
                giveUpOrWait(damage);
            } catch (IOException disk) {
                throw new CheckpointFailedException("checkpoint of group " + group
                        + " cannot be written", disk);
            }
        }
    }

    private Channel channel() {
        return connection.get().orElseThrow(() -> Status.UNAVAILABLE
                .withDescription("no address of node " + member).asRuntimeException());
    }

    private PartialCheckpoint prepare() throws IOException {
        Manifest manifest;
        try {
            manifest = Manifest.of(ClientCalls.blockingUnaryCall(channel(),
                    CheckpointsGrpc.getPrepareMethod(),
                    CallOptions.DEFAULT.withDeadlineAfter(PREPARE.toSeconds(), TimeUnit.SECONDS),
                    PrepareCheckpoint.newBuilder().setGroup(group).setAtLeast(atLeast).build()));
        } catch (IllegalArgumentException malformed) {
            throw new DamagedChunkException("manifest: " + malformed.getMessage());
        }
        if (manifest.mark().index() < atLeast) {
            throw new DamagedChunkException("checkpoint at index " + manifest.mark().index()
                    + " instead of " + atLeast);
        }
        if (manifest.bytes() > directories.freeBytes()) {
            throw new IOException("no room for " + manifest.bytes() + " bytes");
        }
        log.info("checkpoint found group={} from={} index={} bytes={}", group, member,
                manifest.mark().index(), manifest.bytes());
        return new PartialCheckpoint(member, manifest, directories.make(group));
    }

    private void receive(PartialCheckpoint into) throws IOException {
        into.passEmptyFiles();
        if (into.isComplete()) {
            return;
        }
        Context.CancellableContext stream = Context.ROOT.withCancellation();
        Context before = stream.attach();
        try {
            Iterator<CheckpointChunk> chunks = ClientCalls.blockingServerStreamingCall(channel(),
                    CheckpointsGrpc.getFetchMethod(),
                    CallOptions.DEFAULT.withDeadlineAfter(STREAM.toSeconds(), TimeUnit.SECONDS),
                    FetchCheckpoint.newBuilder()
                            .setCheckpointId(Uuids.encode(into.manifest().id()))
                            .setFile(into.file()).setOffset(into.offset()).build());
            while (chunks.hasNext()) {
                CheckpointChunk chunk = chunks.next();
                listener.received(group, member, chunk.getData().size());
                into.take(chunk);
                progressAt = System.nanoTime();
            }
        } finally {
            stream.detach(before);
            stream.cancel(null);
            into.close();
        }
    }

    private void startAgainIfGone(StatusRuntimeException broken) {
        PartialCheckpoint present = partial;
        boolean gone = PeerHeaders.status(broken.getTrailers())
                .filter(PeerStatus::hasCheckpointGone).isPresent();
        if (gone && present != null) {
            partial = null;
            CheckpointDirectories.delete(present.directory());
        }
    }

    private void giveUpOrWait(Exception cause) {
        long now = System.nanoTime();
        boolean over = now - progressAt > settings.patience().toNanos()
                || now - startedAt > settings.total().toNanos() || damaged > DAMAGED_MAX
                || Thread.currentThread().isInterrupted();
        if (over) {
            throw new CheckpointFailedException(
                    "checkpoint of group " + group + " was not fetched from " + member, cause);
        }
        log.info("checkpoint fetch goes on group={} from={} cause={}", group, member,
                cause.toString());
        LockSupport.parkNanos(this, PAUSE.toNanos());
    }
}
