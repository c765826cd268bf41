package io.quorate.kv.peer.raft;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.quorate.kv.peer.wire.RaftMessagesGrpc;
import io.quorate.kv.peer.wire.RaftReceipt;
import io.quorate.kv.raft.hazelcast.wire.MessageType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Accepts streams, and stops to read one for good after a message that it does not like. */
final class StubbornService implements BindableService {
    private final Predicate<MessageType> disliked;
    private final Map<MessageType, AtomicInteger> taken = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();

    StubbornService(Predicate<MessageType> disliked) {
        this.disliked = disliked;
    }

    int taken(MessageType type) {
        return taken.getOrDefault(type, new AtomicInteger()).get();
    }

    int streams() {
        return streams.get();
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(RaftMessagesGrpc.SERVICE_NAME)
                .addMethod(CarryMethod.DESCRIPTOR, this::start).build();
    }

    private ServerCall.Listener<RaftFrame> start(ServerCall<RaftFrame, RaftReceipt> call,
            Metadata headers) {
        streams.incrementAndGet();
        call.sendHeaders(new Metadata());
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(RaftFrame frame) {
                boolean likes = true;
                for (RaftFrame.Message message : frame.messages()) {
                    MessageType type = MessageType.of(message.payload());
                    taken.computeIfAbsent(type, key -> new AtomicInteger()).incrementAndGet();
                    likes &= !disliked.test(type);
                }
                if (likes) {
                    if (frame.receiptWanted()) {
                        call.sendMessage(RaftReceipt.getDefaultInstance());
                    }
                    call.request(1);
                }
            }
        };
    }
}
