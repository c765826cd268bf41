package io.quorate.gateway.change;

import io.quorate.gateway.it.AwsClients;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Unmodified clients of one node, with the SDK's usual attempts. Safe for any thread. */
record Sdk(S3Client s3, SqsClient sqs, DynamoDbClient dynamoDb,
        DynamoDbStreamsClient dynamoDbStreams) implements AutoCloseable {
    static Sdk of(AwsClients clients) {
        return new Sdk(clients.s3(), clients.sqs(), clients.dynamoDb(), clients.dynamoDbStreams());
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        dynamoDb.close();
        dynamoDbStreams.close();
    }
}
