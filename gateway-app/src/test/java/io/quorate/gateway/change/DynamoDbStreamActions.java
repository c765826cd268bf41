package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Streams; each trial has one of its own, with one record. */
final class DynamoDbStreamActions implements ActionCases {
    @Override
    public String service() {
        return "DynamoDB";
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return List.of(
                ActionCase.of("ListStreams", DynamoDbStreamActions::stream,
                        (sdk, table) -> sdk.dynamoDbStreams()
                                .listStreams(list -> list.tableName(table.tableName())).streams(),
                        (sdk, table, streams) -> assertThat(streams).extracting(Stream::streamArn)
                                .containsExactly(table.latestStreamArn())),
                ActionCase.of("DescribeStream", DynamoDbStreamActions::stream,
                        DynamoDbStreamActions::shards,
                        (sdk, table, shards) -> assertThat(shards).isNotEmpty()),
                ActionCase.of("GetShardIterator", DynamoDbStreamActions::shard,
                        (sdk, shard) -> shard.iterator(sdk),
                        (sdk, shard, iterator) -> assertThat(records(sdk, iterator)).hasSize(1)),
                ActionCase.of("GetRecords", (sdk, id) -> shard(sdk, id).iterator(sdk),
                        DynamoDbStreamActions::records,
                        (sdk, iterator, records) -> assertThat(records).hasSize(1)));
    }

    private static TableDescription stream(Sdk sdk, String name) {
        TableDescription table = DynamoDbTableActions.create(sdk, name);
        sdk.dynamoDb().putItem(put -> put.tableName(name)
                .item(Map.of("id", AttributeValue.fromS("one"))));
        return table;
    }

    private static List<String> shards(Sdk sdk, TableDescription table) {
        return sdk.dynamoDbStreams()
                .describeStream(describe -> describe.streamArn(table.latestStreamArn()))
                .streamDescription().shards().stream().map(shard -> shard.shardId()).toList();
    }

    /** The shard in which the record is. */
    private static Shard shard(Sdk sdk, String name) {
        TableDescription table = stream(sdk, name);
        return shards(sdk, table).stream().map(id -> new Shard(table.latestStreamArn(), id))
                .filter(shard -> !records(sdk, shard.iterator(sdk)).isEmpty()).findFirst()
                .orElseThrow(() -> new AssertionError("no shard has the record"));
    }

    private static List<Record> records(Sdk sdk, String iterator) {
        return sdk.dynamoDbStreams().getRecords(get -> get.shardIterator(iterator)).records();
    }

    private record Shard(String stream, String id) {
        String iterator(Sdk sdk) {
            return sdk.dynamoDbStreams().getShardIterator(get -> get.streamArn(stream).shardId(id)
                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
        }
    }
}
