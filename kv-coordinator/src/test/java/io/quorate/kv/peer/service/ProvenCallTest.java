package io.quorate.kv.peer.service;

import static io.quorate.kv.peer.service.ServedKv.bytes;
import static io.quorate.kv.peer.service.ServedKv.statusOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.quorate.kv.node.RunningNode;
import io.quorate.kv.peer.service.MessageProof.Finding;
import io.quorate.kv.v1.AppendRequest;
import io.quorate.kv.v1.GetRequest;
import io.quorate.kv.v1.PutRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls over the wire whose caller only their message tells. */
class ProvenCallTest {
    private static final PutRequest PUT = PutRequest.newBuilder().setSpace("orders")
            .setKey(bytes("k")).setValue(bytes("v")).build();

    @TempDir
    Path directory;
    private RunningNode node;
    private final KvService service = new KvService();

    @BeforeEach
    void start() throws Exception {
        node = RunningNode.on(directory);
        service.serve(node.node().kv(), node.node().atLeader());
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void theMessageIsJudgedAsItWasSentAndThenServed() throws Exception {
        try (ServedKv served = serve(message -> Arrays.equals(message, PUT.toByteArray())
                ? new Finding.Known("shop")
                : new Finding.Unknown())) {
            assertThat(served.client().put(PUT).getStamp()).isPositive();

            assertThat(statusOf(() -> served.client().put(PUT.toBuilder().setKey(bytes("l"))
                    .build())).getStatus().getCode()).isEqualTo(Code.UNAUTHENTICATED);
        }
        try (ServedKv open = serve(message -> new Finding.Known("shop"))) {
            assertThat(open.client().get(get("k")).getRow().getValue()).isEqualTo(bytes("v"));
            assertThat(open.client().get(get("l")).hasRow()).isFalse();
        }
    }

    @Test
    void whoMayNotIsToldSoAndNothingHappens() throws Exception {
        try (ServedKv served = serve(message -> new Finding.Forbidden())) {
            assertThat(statusOf(() -> served.client().put(PUT)).getStatus().getCode())
                    .isEqualTo(Code.PERMISSION_DENIED);
        }
        try (ServedKv open = serve(message -> new Finding.Known("shop"))) {
            assertThat(open.client().get(get("k")).hasRow()).isFalse();
        }
    }

    @Test
    void requestIdsBelongToTheProvenCaller() throws Exception {
        AppendRequest append = AppendRequest.newBuilder().setSpace("orders").setKey(bytes("k"))
                .setSuffix(bytes("a")).setRequestId("one").build();
        for (String caller : new String[]{"shop", "shop", "press"}) {
            try (ServedKv served = serve(message -> new Finding.Known(caller))) {
                assertThat(served.client().append(append).getStamp()).isPositive();
            }
        }
        try (ServedKv served = serve(message -> new Finding.Known("shop"))) {
            assertThat(served.client().get(get("k")).getRow().getValue()).isEqualTo(bytes("aa"));
        }
    }

    private static GetRequest get(String key) {
        return GetRequest.newBuilder().setSpace("orders").setKey(bytes(key)).build();
    }

    private ServedKv serve(MessageProof proof) throws Exception {
        return new ServedKv(service, new CallerAuthenticator() {
            @Override
            public Optional<String> authenticate(Presented call) {
                return Optional.empty();
            }

            @Override
            public Optional<MessageProof> proof(Presented call) {
                return Optional.of(proof);
            }
        });
    }
}
