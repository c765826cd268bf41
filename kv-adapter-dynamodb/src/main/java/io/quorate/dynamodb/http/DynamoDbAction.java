package io.quorate.dynamodb.http;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The actions that are built, and the names of all others DynamoDB has. */
enum DynamoDbAction {
    /** {@link io.quorate.dynamodb.operation.CreateTable}. */
    CREATE_TABLE("CreateTable"),
    /** {@link io.quorate.dynamodb.operation.DescribeTable}. */
    DESCRIBE_TABLE("DescribeTable"),
    /** {@link io.quorate.dynamodb.operation.WriteItem}. */
    PUT_ITEM("PutItem"),
    /** {@link io.quorate.dynamodb.operation.GetItem}. */
    GET_ITEM("GetItem"),
    /** {@link io.quorate.dynamodb.operation.WriteItem}. */
    UPDATE_ITEM("UpdateItem"),
    /** {@link io.quorate.dynamodb.operation.WriteItem}. */
    DELETE_ITEM("DeleteItem"),
    /** {@link io.quorate.dynamodb.operation.Query}. */
    QUERY("Query"),
    /** {@link io.quorate.dynamodb.operation.Scan}. */
    SCAN("Scan"),
    /** {@link io.quorate.dynamodb.operation.BatchGetItem}. */
    BATCH_GET_ITEM("BatchGetItem"),
    /** {@link io.quorate.dynamodb.operation.BatchWriteItem}. */
    BATCH_WRITE_ITEM("BatchWriteItem"),
    /** {@link io.quorate.dynamodb.operation.TransactGetItems}. */
    TRANSACT_GET_ITEMS("TransactGetItems"),
    /** {@link io.quorate.dynamodb.operation.TransactWriteItems}. */
    TRANSACT_WRITE_ITEMS("TransactWriteItems"),
    /** {@link io.quorate.dynamodb.operation.ListTables}. */
    LIST_TABLES("ListTables"),
    /** {@link io.quorate.dynamodb.operation.DeleteTable}. */
    DELETE_TABLE("DeleteTable"),
    /** {@link io.quorate.dynamodb.operation.UpdateTable}. */
    UPDATE_TABLE("UpdateTable"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    DESCRIBE_LIMITS("DescribeLimits"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    DESCRIBE_ENDPOINTS("DescribeEndpoints"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    TAG_RESOURCE("TagResource"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    UNTAG_RESOURCE("UntagResource"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    LIST_TAGS_OF_RESOURCE("ListTagsOfResource"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    DESCRIBE_TIME_TO_LIVE("DescribeTimeToLive"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    UPDATE_TIME_TO_LIVE("UpdateTimeToLive"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    GET_RESOURCE_POLICY("GetResourcePolicy"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    PUT_RESOURCE_POLICY("PutResourcePolicy"),
    /** {@link io.quorate.dynamodb.operation.TableProperties}. */
    DELETE_RESOURCE_POLICY("DeleteResourcePolicy"),
    /** {@link io.quorate.dynamodb.operation.Statements}. */
    EXECUTE_STATEMENT("ExecuteStatement"),
    /** {@link io.quorate.dynamodb.operation.Statements}. */
    BATCH_EXECUTE_STATEMENT("BatchExecuteStatement"),
    /** {@link io.quorate.dynamodb.operation.Statements}. */
    EXECUTE_TRANSACTION("ExecuteTransaction"),
    /** {@link io.quorate.dynamodb.operation.Streams}. */
    LIST_STREAMS("ListStreams"),
    /** {@link io.quorate.dynamodb.operation.Streams}. */
    DESCRIBE_STREAM("DescribeStream"),
    /** {@link io.quorate.dynamodb.operation.Streams}. */
    GET_SHARD_ITERATOR("GetShardIterator"),
    /** {@link io.quorate.dynamodb.operation.Streams}. */
    GET_RECORDS("GetRecords");

    private static final String TARGET = "DynamoDB_20120810.";
    private static final String STREAMS_TARGET = "DynamoDBStreams_20120810.";
    private static final Map<String, DynamoDbAction> BUILT = byName();

    /** Source: DynamoDB API reference, "Actions", Amazon DynamoDB and DynamoDB Streams. */
    private static final Set<String> NOT_BUILT = Set.of("CreateBackup",
            "CreateGlobalTable", "DeleteBackup", "DescribeBackup", "DescribeContinuousBackups",
            "DescribeContributorInsights", "DescribeExport", "DescribeGlobalTable",
            "DescribeGlobalTableSettings", "DescribeImport", "DescribeKinesisStreamingDestination",
            "DescribeTableReplicaAutoScaling", "DisableKinesisStreamingDestination",
            "EnableKinesisStreamingDestination",
            "ExportTableToPointInTime", "ImportTable", "ListBackups", "ListContributorInsights",
            "ListExports", "ListGlobalTables", "ListImports", "RestoreTableFromBackup",
            "RestoreTableToPointInTime", "UpdateContinuousBackups", "UpdateContributorInsights",
            "UpdateGlobalTable", "UpdateGlobalTableSettings", "UpdateKinesisStreamingDestination",
            "UpdateTableReplicaAutoScaling");
    private static final Set<DynamoDbAction> OF_STREAMS = EnumSet.of(LIST_STREAMS, DESCRIBE_STREAM,
            GET_SHARD_ITERATOR, GET_RECORDS);

    private final String wireName;

    DynamoDbAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name after the dot in {@code X-Amz-Target}. */
    String wireName() {
        return wireName;
    }

    /** The name in policies. */
    String iamName() {
        return "dynamodb:" + wireName;
    }

    /** The built action that an {@code X-Amz-Target} means. */
    static Optional<DynamoDbAction> ofTarget(String target) {
        boolean ofStreams = target.startsWith(STREAMS_TARGET);
        return ofStreams || target.startsWith(TARGET)
                ? Optional.ofNullable(BUILT.get(target.substring(target.indexOf('.') + 1)))
                        .filter(action -> ofStreams == OF_STREAMS.contains(action))
                : Optional.empty();
    }

    /** The action DynamoDB has by that target, built or not. */
    static Optional<String> knownName(String target) {
        String name = target.substring(target.indexOf('.') + 1);
        boolean known = ofTarget(target).isPresent()
                || (target.startsWith(TARGET) && NOT_BUILT.contains(name));
        return known ? Optional.of(name) : Optional.empty();
    }

    private static Map<String, DynamoDbAction> byName() {
        Map<String, DynamoDbAction> actions = new HashMap<>();
        for (DynamoDbAction action : values()) {
            actions.put(action.wireName, action);
        }
        return Map.copyOf(actions);
    }
}
