package io.quorate.dynamodb.operation;

import java.util.List;
import java.util.Optional;

/** A request about streams. Source: Amazon DynamoDB Streams API reference. */
public sealed interface StreamRequest extends DynamoDbRequest {
    /** Most streams, shards or records of one answer but GetRecords'. */
    int MAX_LIST = 100;
    /** Most records of one answer. */
    int MAX_RECORDS = 1_000;

    /**
     * What names a stream.
     *
     * @param table the name of its table
     * @param label its label, well-formed or not
     */
    record StreamName(String table, String label) {
        /** As the resources of policies name it. */
        String resource() {
            return table + "/stream/" + label;
        }
    }

    /**
     * ListStreams.
     *
     * @param table only of this table
     * @param after the last stream of the page before
     * @param limit most streams
     */
    record Find(Optional<String> table, Optional<StreamName> after, int limit)
            implements
                StreamRequest {
        @Override
        public List<String> resources() {
            return List.of(table.map(name -> name + "/stream/*").orElse("*"));
        }
    }

    /**
     * DescribeStream.
     *
     * @param stream which
     * @param after the last shard of the page before
     * @param children the shard whose children alone are wanted
     * @param limit most shards
     */
    record Describe(StreamName stream, Optional<String> after, Optional<String> children, int limit)
            implements
                StreamRequest {
        @Override
        public List<String> resources() {
            return List.of(stream.resource());
        }
    }

    /** ShardIteratorType, by the protocol's names. */
    enum Start {
        TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER;

        /** Whether it is one of a record. */
        public boolean isOfRecord() {
            return this == AT_SEQUENCE_NUMBER || this == AFTER_SEQUENCE_NUMBER;
        }
    }

    /**
     * GetShardIterator.
     *
     * @param stream which
     * @param shard the shard's id
     * @param start where to begin
     * @param sequence the record's number, if the start needs one
     */
    record Begin(StreamName stream, String shard, Start start, Optional<String> sequence)
            implements
                StreamRequest {
        @Override
        public List<String> resources() {
            return List.of(stream.resource());
        }
    }

    /**
     * GetRecords.
     *
     * @param iterator where to read
     * @param limit most records
     */
    record Read(ShardIterator iterator, int limit) implements StreamRequest {
        @Override
        public List<String> resources() {
            return List.of(iterator.stream().resource());
        }
    }
}
