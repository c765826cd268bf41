package io.quorate.kv.mvcc;

import io.quorate.kv.RetryId;
import io.quorate.kv.command.RetryRecord;
import io.quorate.kv.command.RowChange;
import java.util.List;

/**
 * All changes of one entry, to be written at once.
 *
 * @param rows in the order of the commands; a key that several commands change is there several
 *        times, each change with the one before as its previous row
 * @param retries records to keep
 * @param state how far the log is applied with this entry
 */
public record EntryChanges(List<Row> rows, List<Retry> retries, AppliedState state) {
    /**
     * One changed row.
     *
     * @param change what changes
     * @param version the version it gets, or the moment of its removal
     */
    public record Row(RowChange change, long version) {}

    /**
     * One retry record.
     *
     * @param route where it is kept
     * @param id under which id
     * @param record what is kept
     */
    public record Retry(int route, RetryId id, RetryRecord record) {}
}
