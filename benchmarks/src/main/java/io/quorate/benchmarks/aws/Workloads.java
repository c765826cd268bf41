package io.quorate.benchmarks.aws;

import java.util.List;

/** The kinds of load by name. */
public enum Workloads {
    S3_PUT("s3-put"), S3_GET("s3-get"), S3_LIST("s3-list"), SQS("sqs"), SQS_SEND(
            "sqs-send"), SQS_PAIRS("sqs-pairs"), SQS_BATCH10("sqs-batch10"), SQS_POLLS(
                    "sqs-polls"), DYNAMODB_PUT("dynamodb-put"), DYNAMODB_GET(
                            "dynamodb-get"), DYNAMODB_UPDATE_HOT(
                                    "dynamodb-update-hot"), DYNAMODB_QUERY100(
                                            "dynamodb-query100"), DYNAMODB_BATCHWRITE25(
                                                    "dynamodb-batchwrite25"), DYNAMODB_TRANSACT4(
                                                            "dynamodb-transact4");

    private final String title;

    Workloads(String title) {
        this.title = title;
    }

    /** The name on the command line. */
    public String title() {
        return title;
    }

    /** All names. */
    public static List<String> titles() {
        return List.of(values()).stream().map(Workloads::title).toList();
    }

    /** The load of this kind on an endpoint. */
    public Workload on(Endpoint endpoint, Shape shape) {
        return switch (this) {
            case S3_PUT -> new S3Workload(endpoint, shape, true);
            case S3_GET -> new S3Workload(endpoint, shape, false);
            case S3_LIST -> new S3Listing(endpoint, shape);
            case SQS -> new SqsWorkload(endpoint, shape, sqs -> new SqsRounds(sqs, 1));
            case SQS_SEND -> new SqsWorkload(endpoint, shape, SqsSends::new);
            case SQS_PAIRS ->
                new SqsWorkload(endpoint, shape, sqs -> new SqsRounds(sqs, SqsCaller.BATCH));
            case SQS_BATCH10 -> new SqsWorkload(endpoint, shape, SqsBatches::new);
            case SQS_POLLS -> new SqsPolls(endpoint);
            case DYNAMODB_PUT -> new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.PUT);
            case DYNAMODB_GET -> new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.GET);
            case DYNAMODB_UPDATE_HOT ->
                new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.UPDATE_HOT);
            case DYNAMODB_QUERY100 ->
                new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.QUERY_100);
            case DYNAMODB_BATCHWRITE25 ->
                new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.BATCH_WRITE_25);
            case DYNAMODB_TRANSACT4 ->
                new DynamoDbWorkload(endpoint, shape, DynamoDbOperation.TRANSACT_4);
        };
    }
}
