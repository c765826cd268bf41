package io.quorate.kv.raft.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The end of the log: puts batches there and forces them. Only the thread that leads calls {@link #commit}; the
 * durable position may be read by all.
 */
final class LogTail {

    /** Small buffers are gathered here to be written in one call; a larger one is written as it is. */
    private static final int GATHER_BYTES = 256 << 10;
    private static final int GATHER_BUFFER_BYTES_MAX = 64 << 10;

    private final SegmentStore store;
    private final SegmentSupply supply;
    private final RecordSink states;
    private final LogListener listener;
    private final LongSupplier ticker;
    private final RecordHeader.Seal seal = new RecordHeader.Seal();
    private final ByteBuffer gather = ByteBuffer.allocateDirect(GATHER_BYTES);
    private final RecordBuffer marks = new RecordBuffer(0);
    private ActiveSegment active;
    private volatile long durable;
    private long commits;

    /** @param durable where the recovered log ends */
    LogTail(SegmentStore store, SegmentSupply supply, RecordSink states, long durable)
            throws IOException {
        this.store = store;
        this.supply = supply;
        this.states = states;
        this.listener = store.context().listener();
        this.ticker = store.context().settings().ticker();
        this.durable = durable;
        this.active = supply.take();
    }

    /** Everything before this position is on disk. */
    long durable() {
        return durable;
    }

    /** How many batches were forced: tells an idle log from a busy one. For whoever leads. */
    long commits() {
        return commits;
    }

    /** Writes the buffers one behind the other and forces them; they are on disk when it returns. */
    void commit(List<RecordBuffer> batch) throws IOException {
        commit(batch, states);
    }

    /** The same, showing the records to another sink than the groups' states. */
    void commit(List<RecordBuffer> batch, RecordSink sink) throws IOException {
        long bytes = 0;
        for (RecordBuffer buffer : batch) {
            bytes += buffer.bytes();
        }
        if (!active.hasRoomFor(bytes)) {
            roll();
        }
        long offset = active.tail();
        for (RecordBuffer buffer : batch) {
            long position = Position.of(active.header().sequence(), offset);
            buffer.seal(seal, active.header().salt(), position, durable, sink);
            offset += buffer.bytes();
        }
        write(batch);
        long started = ticker.getAsLong();
        active.file().force();
        long forceNanos = ticker.getAsLong() - started;
        active.advance(bytes);
        durable = Position.of(active.header().sequence(), active.tail());
        commits++;
        listener.forced(forceNanos, bytes, batch.size());
    }

    /** Leaves a claim that all before it is on disk. */
    void mark() throws IOException {
        marks.clear();
        marks.add(RecordType.MARK, RecordType.NO_GROUP, 0, 0, new byte[0]);
        commit(List.of(marks));
    }

    /** All of the old segment has been forced, as every batch is: the new one may follow. */
    private void roll() throws IOException {
        long started = ticker.getAsLong();
        ActiveSegment next = supply.take();
        listener.waitedForSegment(ticker.getAsLong() - started);
        store.seal(active);
        active = next;
    }

    private void write(List<RecordBuffer> batch) throws IOException {
        long offset = active.tail();
        gather.clear();
        for (RecordBuffer buffer : batch) {
            boolean small = batch.size() > 1 && buffer.bytes() <= GATHER_BUFFER_BYTES_MAX;
            if (!small || gather.remaining() < buffer.bytes()) {
                offset += writeGathered(offset);
            }
            if (small) {
                gather.put(buffer.contents());
            } else {
                active.file().writeFully(buffer.contents(), offset);
                offset += buffer.bytes();
            }
        }
        writeGathered(offset);
    }

    private int writeGathered(long offset) throws IOException {
        int bytes = gather.flip().remaining();
        if (bytes > 0) {
            active.file().writeFully(gather, offset);
        }
        gather.clear();
        return bytes;
    }

    void close() throws IOException {
        active.file().close();
    }
}
