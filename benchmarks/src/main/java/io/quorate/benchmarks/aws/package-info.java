/**
 * What is asked of S3, SQS and DynamoDB, signed by Signature Version 4, and what must come back.
 */
@NullMarked
package io.quorate.benchmarks.aws;

import org.jspecify.annotations.NullMarked;
