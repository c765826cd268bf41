package io.quorate.sqs.http;

import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;

/** One of SQS's two wire protocols, over one request. */
interface Codec {
    /** The action's name, as sent. */
    String action();

    /** The request as a value. Fails with a {@link io.quorate.sqs.error.SqsException}. */
    SqsRequest decode(SqsAction action);

    /** The answer's body. */
    byte[] encode(SqsAction action, SqsResult result);

    /** The answer's content type. */
    String contentType();
}
