package io.quorate.gateway.config;

import java.time.Duration;

/**
 * How long a request may take whose sender does not say.
 *
 * @param health probes
 * @param s3 S3, without its bodies
 * @param sqs SQS; a long poll adds its own wait
 * @param dynamodb DynamoDB
 */
public record DefaultDeadlines(Duration health, Duration s3, Duration sqs, Duration dynamodb) {}
