package io.quorate.sqs.http;

import io.quorate.sqs.operation.Caller;
import io.quorate.sqs.operation.CreateQueue;
import io.quorate.sqs.operation.CreateQueueRequest;
import io.quorate.sqs.operation.DeleteMessage;
import io.quorate.sqs.operation.DeleteMessageRequest;
import io.quorate.sqs.operation.ReceiveMessage;
import io.quorate.sqs.operation.ReceiveMessageRequest;
import io.quorate.sqs.operation.SendMessage;
import io.quorate.sqs.operation.SendMessageRequest;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import reactor.core.publisher.Mono;

/**
 * All operations, each for its request.
 *
 * @param createQueue CreateQueue
 * @param sendMessage SendMessage
 * @param receiveMessage ReceiveMessage
 * @param deleteMessage DeleteMessage
 */
public record Operations(CreateQueue createQueue, SendMessage sendMessage,
        ReceiveMessage receiveMessage, DeleteMessage deleteMessage) {
    Mono<SqsResult> run(SqsRequest request, Caller caller) {
        return switch (request) {
            case CreateQueueRequest create -> createQueue.run(create);
            case SendMessageRequest send -> sendMessage.run(send, caller);
            case ReceiveMessageRequest receive -> receiveMessage.run(receive);
            case DeleteMessageRequest delete -> deleteMessage.run(delete);
        };
    }
}
