package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.repository.StreamRepository;
import java.util.List;
import java.util.Optional;

/** What actions on streams answer. */
public sealed interface StreamResult extends DynamoDbResult {
    /**
     * ListStreams.
     *
     * @param streams in order
     * @param more whether there may be more
     * @param region the caller's
     */
    record Streams(List<StreamDefinition> streams, boolean more, String region)
            implements
                StreamResult {
        public Streams {
            streams = List.copyOf(streams);
        }
    }

    /**
     * A shard.
     *
     * @param id its id
     * @param first the number of its first record
     * @param last the number of its last record; empty as long as more can come
     */
    record Shard(String id, String first, Optional<String> last) {}

    /**
     * DescribeStream.
     *
     * @param stream which
     * @param shards a page of its shards
     * @param more whether there are more
     * @param region the caller's
     */
    record Description(StreamDefinition stream, List<Shard> shards, boolean more, String region)
            implements
                StreamResult {
        public Description {
            shards = List.copyOf(shards);
        }
    }

    /** GetShardIterator. */
    record Iterator(String iterator) implements StreamResult {}

    /**
     * GetRecords.
     *
     * @param stream of which stream
     * @param shard the shard's id, which makes records' ids unique
     * @param records the records
     * @param next where to go on; empty at the end of a closed shard
     * @param region the caller's
     */
    record Records(StreamDefinition stream, String shard, List<StreamRepository.Numbered> records,
            Optional<String> next, String region) implements StreamResult {
        public Records {
            records = List.copyOf(records);
        }
    }
}
