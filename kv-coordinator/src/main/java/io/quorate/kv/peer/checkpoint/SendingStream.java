package io.quorate.kv.peer.checkpoint;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.quorate.kv.peer.wire.CheckpointChunk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/** Sends a checkpoint's files from a position on; blocks its thread on the disk, the rate and the receiver. */
final class SendingStream {
    private static final int CHUNK_BYTES = 256 << 10;
    /** A receiver that takes nothing for so long has gone. */
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final OfferedCheckpoint checkpoint;
    private final ServerCallStreamObserver<CheckpointChunk> receiver;
    private final ByteRate rate;
    private final LongConsumer sent;
    private final Semaphore ready = new Semaphore(0);

    SendingStream(OfferedCheckpoint checkpoint, ServerCallStreamObserver<CheckpointChunk> receiver,
            ByteRate rate, LongConsumer sent) {
        this.checkpoint = checkpoint;
        this.receiver = receiver;
        this.rate = rate;
        this.sent = sent;
    }

    /** The receiver takes more, or is gone; called on an event loop. */
    void wake() {
        ready.release();
    }

    void send(int firstFile, long firstOffset) {
        try {
            List<Manifest.Entry> files = checkpoint.manifest().files();
            for (int file = firstFile; file < files.size(); file++) {
                send(file, files.get(file), file == firstFile ? firstOffset : 0);
            }
            receiver.onCompleted();
        } catch (IOException | IllegalArgumentException unreadable) {
            receiver.onError(Status.DATA_LOSS.withDescription("checkpoint not readable")
                    .withCause(unreadable).asRuntimeException());
        } catch (ReceiverGoneException gone) {
            if (!receiver.isCancelled()) {
                receiver.onError(Status.CANCELLED.withCause(gone).asRuntimeException());
            }
        }
    }

    private void send(int number, Manifest.Entry file, long from)
            throws IOException, ReceiverGoneException {
        try (FileChannel channel = FileChannel.open(checkpoint.directory().resolve(file.name()),
                StandardOpenOption.READ)) {
            channel.position(from);
            for (long offset = from; offset < file.length();) {
                byte[] data = read(channel, (int) Math.min(CHUNK_BYTES, file.length() - offset));
                rate.take(data.length);
                awaitReady();
                receiver.onNext(chunk(number, offset, data));
                sent.accept(data.length);
                offset += data.length;
            }
        }
    }

    private static byte[] read(FileChannel channel, int length) throws IOException {
        byte[] data = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(data);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("file of a checkpoint is shorter than it was");
            }
        }
        return data;
    }

    private static CheckpointChunk chunk(int file, long offset, byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return CheckpointChunk.newBuilder().setFile(file).setOffset(offset)
                .setData(UnsafeByteOperations.unsafeWrap(data)).setCrc32C((int) crc.getValue())
                .build();
    }

    private void awaitReady() throws ReceiverGoneException {
        while (receiver.isCancelled() || !receiver.isReady()) {
            if (receiver.isCancelled()) {
                throw new ReceiverGoneException("the receiver has cancelled");
            }
            try {
                if (!ready.tryAcquire(STALLED.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new ReceiverGoneException("the receiver takes nothing");
                }
            } catch (InterruptedException nodeIsStopping) {
                Thread.currentThread().interrupt();
                throw new ReceiverGoneException("this node stops");
            }
        }
        ready.drainPermits();
    }

    /** Nobody takes the rest. */
    private static final class ReceiverGoneException extends Exception {
        private static final long serialVersionUID = 1L;

        ReceiverGoneException(String why) {
            super(why, null, false, false);
        }
    }
}
