package io.quorate.dynamodb.http;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.operation.DynamoDbRequest;
import io.quorate.dynamodb.operation.ShardIterator;
import io.quorate.dynamodb.operation.StreamRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decodes the actions on streams. Pure functions. */
final class StreamDecoder {
    private static final String ARN = "StreamArn";
    private static final String TABLE = "TableName";
    private static final String LIMIT = "Limit";
    private static final String AFTER_STREAM = "ExclusiveStartStreamArn";
    private static final String AFTER_SHARD = "ExclusiveStartShardId";
    private static final String SHARD = "ShardId";
    private static final String TYPE = "ShardIteratorType";
    private static final String SEQUENCE = "SequenceNumber";
    private static final String ITERATOR = "ShardIterator";
    private static final String FILTER = "ShardFilter";
    private static final int ARN_PARTS = 6;
    private static final Constraints.Bounds ARN_LENGTH = new Constraints.Bounds(37, 1024);
    private static final Constraints.Bounds SHARD_LENGTH = new Constraints.Bounds(28, 65);
    private static final Constraints.Bounds SEQUENCE_LENGTH = new Constraints.Bounds(21, 40);
    private static final Constraints.Bounds ITERATOR_LENGTH = new Constraints.Bounds(1, 2048);

    private StreamDecoder() {}

    static DynamoDbRequest list(RequestBody body) {
        FlatInput input = FlatInput.read(body, Map.of(TABLE, FlatInput.Type.TEXT, LIMIT,
                FlatInput.Type.NUMBER, AFTER_STREAM, FlatInput.Type.TEXT));
        String table = input.text(TABLE);
        Constraints constraints = new Constraints();
        if (table != null) {
            TableNameParameter.check(constraints, table);
        }
        checkArn(constraints, "exclusiveStartStreamArn", input.text(AFTER_STREAM));
        checkLimit(constraints, input.number(LIMIT), StreamRequest.MAX_LIST);
        constraints.enforce();
        input.checkSupported();
        return new StreamRequest.Find(
                Optional.ofNullable(table)
                        .map(name -> TableNameParameter.resolve(name, body.account())),
                Optional.ofNullable(input.text(AFTER_STREAM)).map(arn -> stream(arn, body)),
                limit(input, StreamRequest.MAX_LIST));
    }

    static DynamoDbRequest describe(RequestBody body) {
        Map<String, String> filter = new HashMap<>();
        FlatInput input = FlatInput.read(body, Map.of(ARN, FlatInput.Type.TEXT, LIMIT,
                FlatInput.Type.NUMBER, AFTER_SHARD, FlatInput.Type.TEXT),
                (name, in) -> readFilter(name, in, filter));
        Constraints constraints = new Constraints();
        constraints.notNull("streamArn", input.text(ARN));
        checkArn(constraints, "streamArn", input.text(ARN));
        checkLimit(constraints, input.number(LIMIT), StreamRequest.MAX_LIST);
        checkLength(constraints, "exclusiveStartShardId", input.text(AFTER_SHARD), SHARD_LENGTH);
        constraints.oneOf("shardFilter.type", filter.get("Type"), "CHILD_SHARDS");
        checkLength(constraints, "shardFilter.shardId", filter.get(SHARD), SHARD_LENGTH);
        constraints.enforce();
        input.checkSupported();
        return new StreamRequest.Describe(stream(required(input, ARN), body),
                Optional.ofNullable(input.text(AFTER_SHARD)),
                Optional.ofNullable(filter.get(SHARD)), limit(input, StreamRequest.MAX_LIST));
    }

    private static boolean readFilter(String name, JsonInput in, Map<String, String> into) {
        if (!name.equals(FILTER)) {
            return false;
        }
        if (in.beginObject("class com.amazonaws.dynamodb.streams.v20120810.ShardFilter")) {
            for (String member = in.nextName(); member != null; member = in.nextName()) {
                if (member.equals("Type") || member.equals(SHARD)) {
                    String value = in.string();
                    if (value != null) {
                        into.put(member, value);
                    }
                } else if (in.skip()) {
                    throw DynamoDbException.unsupported(FILTER + "." + member);
                }
            }
        }
        return true;
    }

    static DynamoDbRequest begin(RequestBody body) {
        FlatInput input = FlatInput.read(body, Map.of(ARN, FlatInput.Type.TEXT, SHARD,
                FlatInput.Type.TEXT, TYPE, FlatInput.Type.TEXT, SEQUENCE, FlatInput.Type.TEXT));
        Constraints constraints = new Constraints();
        constraints.notNull("streamArn", input.text(ARN));
        checkArn(constraints, "streamArn", input.text(ARN));
        constraints.notNull("shardId", input.text(SHARD));
        checkLength(constraints, "shardId", input.text(SHARD), SHARD_LENGTH);
        constraints.notNull("shardIteratorType", input.text(TYPE));
        constraints.oneOf("shardIteratorType", input.text(TYPE), StreamRequest.Start.class);
        checkLength(constraints, "sequenceNumber", input.text(SEQUENCE), SEQUENCE_LENGTH);
        constraints.enforce();
        input.checkSupported();
        StreamRequest.Start start = StreamRequest.Start.valueOf(required(input, TYPE));
        String sequence = input.text(SEQUENCE);
        if (start.isOfRecord() && sequence == null) {
            throw DynamoDbException.validation("Must provide SequenceNumber for ShardIteratorType "
                    + start);
        }
        if (!start.isOfRecord() && sequence != null) {
            throw DynamoDbException.validation("Must not provide SequenceNumber for"
                    + " ShardIteratorType " + start);
        }
        return new StreamRequest.Begin(stream(required(input, ARN), body),
                required(input, SHARD), start, Optional.ofNullable(sequence));
    }

    static DynamoDbRequest read(RequestBody body) {
        FlatInput input = FlatInput.read(body,
                Map.of(ITERATOR, FlatInput.Type.TEXT, LIMIT, FlatInput.Type.NUMBER));
        Constraints constraints = new Constraints();
        constraints.notNull("shardIterator", input.text(ITERATOR));
        checkLength(constraints, "shardIterator", input.text(ITERATOR), ITERATOR_LENGTH);
        checkLimit(constraints, input.number(LIMIT), StreamRequest.MAX_RECORDS);
        constraints.enforce();
        input.checkSupported();
        return new StreamRequest.Read(ShardIterator.decode(required(input, ITERATOR)),
                limit(input, StreamRequest.MAX_RECORDS));
    }

    private static void checkArn(Constraints constraints, String path, @Nullable String arn) {
        checkLength(constraints, path, arn, ARN_LENGTH);
    }

    private static void checkLength(Constraints constraints, String path, @Nullable String value,
            Constraints.Bounds bounds) {
        constraints.length(path, value, value == null ? 0 : value.length(), bounds);
    }

    private static void checkLimit(Constraints constraints, @Nullable Long limit, long most) {
        constraints.atLeast("limit", limit, 1);
        constraints.check(limit == null || limit <= most, "limit", limit,
                "Member must have value less than or equal to " + most);
    }

    private static int limit(FlatInput input, int most) {
        Long limit = input.number(LIMIT);
        return limit == null ? most : Math.toIntExact(limit);
    }

    private static String required(FlatInput input, String name) {
        return Objects.requireNonNull(input.text(name), name);
    }

    /** The stream of an ARN: {@code arn:aws:dynamodb:region:account:table/name/stream/label}. */
    private static StreamRequest.StreamName stream(String arn, RequestBody body) {
        String[] parts = arn.split(":", ARN_PARTS);
        String[] resource = parts.length == ARN_PARTS
                ? parts[ARN_PARTS - 1].split("/", -1)
                : new String[0];
        boolean isStream = resource.length == 4 && parts[0].equals("arn")
                && parts[2].equals("dynamodb") && resource[0].equals("table")
                && TableName.isWellFormed(resource[1]) && resource[2].equals("stream");
        if (!isStream) {
            throw DynamoDbException.validation("Invalid StreamArn: " + arn);
        }
        if (!parts[4].equals(body.account())) {
            throw new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                    "Requested resource not found: Stream: " + arn + " not found");
        }
        return new StreamRequest.StreamName(resource[1], resource[3]);
    }
}
