package io.quorate.gateway.wiring;

import io.quorate.aws.http.AwsHandler;
import io.quorate.aws.http.AwsLimits;
import io.quorate.dynamodb.DynamoDbAdapter;
import io.quorate.dynamodb.DynamoDbUpkeep;
import io.quorate.gateway.config.ServerSettings;
import io.quorate.gateway.deadline.DeadlineFilter;
import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.CommitWatch;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.TransactionalKv;
import io.quorate.s3.S3Adapter;
import io.quorate.s3.repository.EventSink;
import io.quorate.sqs.SqsAdapter;
import io.quorate.sqs.repository.QueueRepository;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;

/** The adapters, each behind the filter that gives its requests their deadline. */
@Configuration(proxyBeanMethods = false)
class AdapterWiring {
    @Bean
    DynamoDbAdapter dynamoDbAdapter(TransactionalKv kv, AtLeader leaders) {
        return DynamoDbAdapter.of(kv, leaders, InstantSource.system(), UUID::randomUUID,
                AwsLimits.DEFAULT.maxDynamoDbBodyBytes());
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    DynamoDbUpkeep dynamoDbUpkeep(DynamoDbAdapter adapter, LeaderProbe probe) {
        return adapter.upkeep(probe);
    }

    @Bean
    AwsHandler dynamoDb(DynamoDbAdapter adapter, ServerSettings settings) {
        return new DeadlineFilter(adapter.handler(), settings.deadlines().dynamodb());
    }

    @Bean
    S3Adapter.Store s3Store(TransactionalKv kv, AtLeader leaders, BlobStore blobs) {
        return new S3Adapter.Store(kv, leaders, blobs);
    }

    /** What happens in buckets is told to queues. */
    @Bean
    EventSink eventSink(SqsAdapter queues) {
        return new QueueEvents(queues.deliveries());
    }

    @Bean
    AwsHandler s3(S3Adapter.Store store, EventSink queues, ServerSettings settings) {
        return new DeadlineFilter(
                S3Adapter.handler(store, UUID::randomUUID,
                        settings.endpoint().baseDomains(), AwsLimits.DEFAULT.maxS3XmlBytes(),
                        queues),
                settings.deadlines().s3());
    }

    @Bean(destroyMethod = "dispose")
    Disposable eventDelivery(S3Adapter.Store store, EventSink queues) {
        return S3Adapter.delivery(store, queues).start();
    }

    @Bean
    SqsAdapter sqsAdapter(TransactionalKv kv, AtLeader leaders, CommitWatch commits,
            ServerSettings settings) {
        return SqsAdapter.over(
                new SqsAdapter.Parts(new QueueRepository.Store(leaders, commits, kv),
                        UUID::randomUUID, InstantSource.system()),
                settings.endpoint().publicUrl().map(URI::toString),
                AwsLimits.DEFAULT.maxSqsBodyBytes());
    }

    @Bean
    AwsHandler sqs(SqsAdapter adapter, ServerSettings settings) {
        return new DeadlineFilter(adapter.handler(), settings.deadlines().sqs());
    }

    @Bean(destroyMethod = "dispose")
    Disposable sqsUpkeep(SqsAdapter adapter) {
        return adapter.upkeep().start();
    }
}
