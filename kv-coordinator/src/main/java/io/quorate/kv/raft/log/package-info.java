/**
 * The Raft log on disk: one append-only segmented log per node, shared by all Raft groups, so that one fsync serves
 * every group that waits.
 *
 * <h2>Files</h2>
 * The log directory holds {@code segment-<sequence, 16 hex digits>.log}, sequences without gaps, all but the last
 * sealed. A segment is prewritten (zeros, or a recycled older segment) so that appending never changes its size and
 * a data-only fsync suffices. {@code *.tmp} is a segment being prepared; it gets its final name only after its
 * header is on disk, so a file with a segment's name and no valid header is corrupt. {@code spare.log} waits to be
 * recycled. Both are thrown away at open.
 *
 * <h2>Segment header, 64 bytes, big endian</h2>
 * magic (8), format version (4), zero (4), sequence (8), salt (8), capacity (8), zero (20), CRC32C of all that (4).
 * The salt is random. It goes into every record's checksum, so what a recycled file still holds of its former life,
 * and what a client stored to look like a record, is never taken for one.
 *
 * <h2>Record, 48 bytes of header, payload, zeros up to a multiple of 8</h2>
 * header CRC32C (4), payload CRC32C (4), payload length (4), type (4), group (4), magic (4), index (8), term (8),
 * durable (8). The header's CRC covers the salt, the record's own position and the rest of the header, the payload's
 * CRC among it; the payload's CRC covers the padding. A position is {@code sequence << 32 | offset}. {@code durable}
 * is the position up to which the log was known to be on disk when the record was written.
 *
 * <h2>Rules</h2>
 * A batch lies in one segment, and a segment is left only when all of it has been forced. Recovery reads forward to
 * the first byte that is not a record. If any record, before or behind it, claims a durable position past that
 * point, acknowledged data is damaged and the log refuses to open; otherwise it is the torn end of an unacknowledged
 * batch and is cut off. What stands between the last claim and the end is written again and forced before anything
 * is acknowledged: it may have been read from a page cache that a failed fsync left behind. A new process always
 * starts a new segment, so bytes behind a cut can never become part of the log again.
 *
 * <p>
 * Segments die oldest first. Before one does, what is still needed of it is copied to the end of the log, and a
 * {@code HEAD} record that says where the log now begins is forced.
 *
 * <p>
 * The last batch before a crash is claimed by nobody yet; damage to it alone cannot be told from a torn write. A
 * {@code MARK} record at close, at open and after a second without writes keeps that window short.
 *
 * <h2>Failures</h2>
 * Any exception while writing or forcing poisons the log for good: what was not acknowledged fails, nothing later
 * succeeds, the cause is kept. A failed fsync is never tried again.
 */
@NullMarked
package io.quorate.kv.raft.log;

import org.jspecify.annotations.NullMarked;
