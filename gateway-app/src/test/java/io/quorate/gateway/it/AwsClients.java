package io.quorate.gateway.it;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Unmodified SDK clients of one endpoint.
 *
 * @param endpoint where the server listens
 * @param credentials who signs
 * @param attempts how often the SDK tries
 */
public record AwsClients(URI endpoint, AwsCredentialsProvider credentials, int attempts) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Clients with the development credentials and the SDK's usual three attempts. */
    public static AwsClients of(int port) {
        return new AwsClients(URI.create("http://127.0.0.1:" + port), key("test", "test"), 3);
    }

    /** The same with other credentials. */
    public AwsClients as(String accessKey, String secretKey) {
        return new AwsClients(endpoint, key(accessKey, secretKey), attempts);
    }

    /** The same without retries, so that one call is one request. */
    public AwsClients withoutRetries() {
        return new AwsClients(endpoint, credentials, 1);
    }

    public S3Client s3() {
        return configure(S3Client.builder().forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder()));
    }

    /** One that sends a body without asking whether it is wanted, so that an object's answer comes first. */
    public S3Client s3WithoutContinue() {
        return configure(S3Client.builder().forcePathStyle(true).httpClientBuilder(
                ApacheHttpClient.builder().expectContinueEnabled(false)));
    }

    public S3AsyncClient s3Async() {
        return configure(S3AsyncClient.builder().forcePathStyle(true));
    }

    /** One that sends large objects in parts, several at a time. */
    public S3AsyncClient s3AsyncInParts() {
        return configure(S3AsyncClient.builder().forcePathStyle(true).multipartEnabled(true));
    }

    /** What makes requests that others may send. */
    public S3Presigner s3Presigner() {
        return S3Presigner.builder().endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    public SqsClient sqs() {
        return configure(SqsClient.builder().httpClientBuilder(ApacheHttpClient.builder()));
    }

    public SqsAsyncClient sqsAsync() {
        return configure(SqsAsyncClient.builder());
    }

    public DynamoDbClient dynamoDb() {
        return configure(DynamoDbClient.builder().httpClientBuilder(ApacheHttpClient.builder()));
    }

    public DynamoDbAsyncClient dynamoDbAsync() {
        return configure(DynamoDbAsyncClient.builder());
    }

    public DynamoDbStreamsClient dynamoDbStreams() {
        return configure(
                DynamoDbStreamsClient.builder().httpClientBuilder(ApacheHttpClient.builder()));
    }

    private <B extends AwsClientBuilder<B, C>, C> C configure(B builder) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(PATIENCE)
                        .retryStrategy(retries -> retries.maxAttempts(attempts)))
                .build();
    }

    private static AwsCredentialsProvider key(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }
}
