package io.quorate.gateway.wiring;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.service.AwsService;
import io.quorate.kv.Key;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.NodeHealth;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** A store whose quorum never answers, and a service that never does either. */
@Configuration(proxyBeanMethods = false)
class ScriptedStore {
    /** Verifications open now, and the most there ever were. */
    record Verifications(AtomicInteger open, AtomicInteger most) {}

    /** Requests of the service open now. */
    record Hanging(AtomicInteger open) {}

    @Bean
    Verifications verifications() {
        return new Verifications(new AtomicInteger(), new AtomicInteger());
    }

    @Bean
    Hanging hanging() {
        return new Hanging(new AtomicInteger());
    }

    @Bean
    NodeHealth node() {
        return () -> Optional.of("no quorum");
    }

    @Bean
    LeaderProbe leaders(Verifications verifications) {
        return new LeaderProbe() {
            @Override
            public Mono<Void> verifyLeader() {
                return verifyLeaderOf(0);
            }

            @Override
            public Mono<Void> verifyLeaderFor(Key key) {
                return verifyLeaderOf(0);
            }

            @Override
            public Mono<Void> verifyLeaderOf(int groupId) {
                return Mono.<Void>never().doOnSubscribe(subscription -> {
                    int open = verifications.open().incrementAndGet();
                    verifications.most().accumulateAndGet(open, Math::max);
                }).doFinally(signal -> verifications.open().decrementAndGet());
            }

            @Override
            public Optional<String> knownLeader(int groupId) {
                return Optional.empty();
            }
        };
    }

    @Bean
    AwsHandler s3(Hanging hanging) {
        return new AwsHandler() {
            @Override
            public AwsService service() {
                return AwsService.S3;
            }

            @Override
            public Mono<Void> handle(AwsExchange exchange) {
                return Mono.<Void>never()
                        .doOnSubscribe(subscription -> hanging.open().incrementAndGet())
                        .doFinally(signal -> hanging.open().decrementAndGet());
            }

            @Override
            public String actionOf(AwsExchange exchange) {
                return "Hang";
            }

            @Override
            public boolean acceptsUnsigned(io.quorate.aws.request.AwsRequestHead head) {
                return true;
            }
        };
    }
}
