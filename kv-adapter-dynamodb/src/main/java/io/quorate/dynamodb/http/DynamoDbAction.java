package io.quorate.dynamodb.http;

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
    /** {@link io.quorate.dynamodb.operation.PutItem}. */
    PUT_ITEM("PutItem"),
    /** {@link io.quorate.dynamodb.operation.GetItem}. */
    GET_ITEM("GetItem");

    private static final String TARGET = "DynamoDB_20120810.";
    private static final String STREAMS_TARGET = "DynamoDBStreams_20120810.";
    private static final Map<String, DynamoDbAction> BUILT = byName();

    /** Source: DynamoDB API reference, "Actions", Amazon DynamoDB and DynamoDB Streams. */
    private static final Set<String> NOT_BUILT = Set.of("BatchExecuteStatement", "BatchGetItem",
            "BatchWriteItem", "CreateBackup", "CreateGlobalTable", "DeleteBackup", "DeleteItem",
            "DeleteResourcePolicy", "DeleteTable", "DescribeBackup", "DescribeContinuousBackups",
            "DescribeContributorInsights", "DescribeEndpoints", "DescribeExport",
            "DescribeGlobalTable", "DescribeGlobalTableSettings", "DescribeImport",
            "DescribeKinesisStreamingDestination", "DescribeLimits",
            "DescribeTableReplicaAutoScaling", "DescribeTimeToLive",
            "DisableKinesisStreamingDestination", "EnableKinesisStreamingDestination",
            "ExecuteStatement", "ExecuteTransaction", "ExportTableToPointInTime",
            "GetResourcePolicy", "ImportTable", "ListBackups", "ListContributorInsights",
            "ListExports", "ListGlobalTables", "ListImports", "ListTables", "ListTagsOfResource",
            "PutResourcePolicy", "Query", "RestoreTableFromBackup", "RestoreTableToPointInTime",
            "Scan", "TagResource", "TransactGetItems", "TransactWriteItems", "UntagResource",
            "UpdateContinuousBackups", "UpdateContributorInsights", "UpdateGlobalTable",
            "UpdateGlobalTableSettings", "UpdateItem", "UpdateKinesisStreamingDestination",
            "UpdateTable", "UpdateTableReplicaAutoScaling", "UpdateTimeToLive");
    private static final Set<String> STREAMS_NOT_BUILT = Set.of("DescribeStream", "GetRecords",
            "GetShardIterator", "ListStreams");

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
        return target.startsWith(TARGET)
                ? Optional.ofNullable(BUILT.get(target.substring(TARGET.length())))
                : Optional.empty();
    }

    /** The action DynamoDB has by that target, built or not. */
    static Optional<String> knownName(String target) {
        String name = target.substring(target.indexOf('.') + 1);
        boolean ofTables = target.startsWith(TARGET)
                && (BUILT.containsKey(name) || NOT_BUILT.contains(name));
        boolean known = ofTables
                || (target.startsWith(STREAMS_TARGET) && STREAMS_NOT_BUILT.contains(name));
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
