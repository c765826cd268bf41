package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.SecondaryIndex;
import io.quorate.dynamodb.model.TableDefinition;

/**
 * A table as an action answers it.
 *
 * @param member what the answer calls it
 * @param table the definition
 * @param status its status
 * @param arn in the caller's region
 */
public record TableResult(Member member, TableDefinition table, Status status, String arn)
        implements
            DynamoDbResult {
    /** The member of the answer that holds the table. */
    public enum Member {
        TABLE("Table"), DESCRIPTION("TableDescription");

        private final String wireName;

        Member(String wireName) {
            this.wireName = wireName;
        }

        /** As written. */
        public String wireName() {
            return wireName;
        }
    }

    /** TableStatus, by the protocol's names. */
    public enum Status {
        CREATING, ACTIVE, UPDATING, DELETING
    }

    /** The table as it is: being updated as long as an index is built or removed. */
    static TableResult current(Member member, TableDefinition table, Caller caller) {
        boolean settled = table.indexes().stream().allMatch(SecondaryIndex::isActive);
        return of(member, table, settled ? Status.ACTIVE : Status.UPDATING, caller);
    }

    /** The table in a status. */
    static TableResult of(Member member, TableDefinition table, Status status, Caller caller) {
        return new TableResult(member, table, status, table.name().arn(caller.region()));
    }
}
