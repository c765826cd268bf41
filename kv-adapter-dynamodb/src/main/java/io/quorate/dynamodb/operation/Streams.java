package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.keyspace.StreamKeyspace;
import io.quorate.dynamodb.model.StreamDefinition;
import io.quorate.dynamodb.model.TableStream;
import io.quorate.dynamodb.repository.StreamRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The actions on streams. A reader that follows an iterator gets every record of the shard once, in the
 * order in which the changes were committed. Source: Amazon DynamoDB Streams API reference.
 */
public final class Streams {
    /** How long an iterator can be used. Source: API reference, GetShardIterator. */
    static final Duration ITERATOR_LIFE = Duration.ofMinutes(15);
    /** Most bytes of one GetRecords, as stored. */
    private static final int MAX_BYTES = 1024 * 1024;
    /** How many shards are looked at at a time. */
    private static final int SHARDS = 16;

    private final StreamRepository streams;
    private final InstantSource clock;

    /** @param clock tells the age of iterators */
    public Streams(StreamRepository streams, InstantSource clock) {
        this.streams = streams;
        this.clock = clock;
    }

    /** Does what is asked. */
    public Mono<DynamoDbResult> run(StreamRequest request, Caller caller) {
        return switch (request) {
            case StreamRequest.Find find -> find(find, caller);
            case StreamRequest.Describe describe -> stream(describe.stream(), caller)
                    .flatMap(stream -> describe(describe, stream, caller));
            case StreamRequest.Begin begin -> stream(begin.stream(), caller)
                    .flatMap(stream -> begin(begin, stream));
            case StreamRequest.Read read -> read(read, caller);
        };
    }

    private Mono<DynamoDbResult> find(StreamRequest.Find request, Caller caller) {
        Optional<StreamRepository.Position> after = request.after()
                .map(name -> new StreamRepository.Position(caller.table(name.table()),
                        created(name, caller)));
        // One more than wanted tells whether more follow.
        return streams.list(caller.account(), request.table(), after, request.limit() + 1)
                .map(found -> new StreamResult.Streams(
                        found.subList(0, Math.min(found.size(), request.limit())),
                        found.size() > request.limit(), caller.region()));
    }

    private static Mono<DynamoDbResult> just(DynamoDbResult result) {
        return Mono.just(result);
    }

    private Mono<StreamDefinition> stream(StreamRequest.StreamName name, Caller caller) {
        return streams.find(caller.table(name.table()), created(name, caller))
                .map(found -> found.orElseThrow(() -> notFound(name, caller)));
    }

    private static long created(StreamRequest.StreamName name, Caller caller) {
        return TableStream.createdAt(name.label()).orElseThrow(() -> notFound(name, caller));
    }

    private static DynamoDbException notFound(StreamRequest.StreamName name, Caller caller) {
        return new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                "Requested resource not found: Stream: "
                        + caller.table(name.resource()).arn(caller.region()) + " not found");
    }

    private static DynamoDbException shardNotFound(StreamDefinition stream, String shard,
            Caller caller) {
        return new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                "Requested resource not found: Shard: " + shard + " in stream "
                        + stream.arn(caller.region()) + " not found");
    }

    private Mono<DynamoDbResult> describe(StreamRequest.Describe request,
            StreamDefinition stream, Caller caller) {
        int first = request.after().map(id -> 1 + StreamNames.position(stream, id)
                .orElseThrow(() -> shardNotFound(stream, id, caller))).orElse(0);
        if (request.children().isPresent()) {
            // Shards never split here, so none has children.
            return just(new StreamResult.Description(stream, List.of(), false, caller.region()));
        }
        int end = Math.min(StreamKeyspace.SHARDS, first + request.limit());
        return Flux.fromStream(IntStream.range(first, end).boxed())
                .flatMapSequential(position -> shard(stream, position), SHARDS).collectList()
                .map(shards -> new StreamResult.Description(stream, shards,
                        end < StreamKeyspace.SHARDS, caller.region()));
    }

    private Mono<StreamResult.Shard> shard(StreamDefinition stream, int position) {
        StreamKeyspace.Shard shard = key(stream, position);
        return Mono.zip(streams.horizon(shard), streams.next(shard),
                (first, next) -> new StreamResult.Shard(StreamNames.shard(stream, position),
                        StreamNames.sequence(first),
                        stream.stream().isEnabled()
                                ? Optional.empty()
                                : Optional.of(StreamNames.sequence(Math.max(first, next - 1)))));
    }

    private static StreamKeyspace.Shard key(StreamDefinition stream, int position) {
        return new StreamKeyspace.Shard(stream.tableNumber(), stream.stream().createdAtMillis(),
                position);
    }

    private Mono<DynamoDbResult> begin(StreamRequest.Begin request, StreamDefinition stream) {
        Optional<Integer> position = StreamNames.position(stream, request.shard());
        if (position.isEmpty()) {
            return Mono.error(new DynamoDbException(DynamoDbError.RESOURCE_NOT_FOUND,
                    "Requested resource not found: Shard does not exist"));
        }
        StreamKeyspace.Shard shard = key(stream, position.get());
        Mono<Long> next = switch (request.start()) {
            case TRIM_HORIZON -> streams.horizon(shard);
            case LATEST -> streams.next(shard);
            case AT_SEQUENCE_NUMBER -> kept(shard, number(request), number(request));
            case AFTER_SEQUENCE_NUMBER -> kept(shard, number(request), number(request) + 1);
        };
        return next.map(number -> new StreamResult.Iterator(new ShardIterator(request.stream(),
                position.get(), number, clock.millis()).encode()));
    }

    private static long number(StreamRequest.Begin request) {
        return StreamNames.number(request.sequence().orElse(""));
    }

    private Mono<Long> kept(StreamKeyspace.Shard shard, long named, long next) {
        return streams.horizon(shard).map(horizon -> {
            if (named < horizon) {
                throw trimmed();
            }
            return next;
        });
    }

    private static DynamoDbException trimmed() {
        return new DynamoDbException(DynamoDbError.TRIMMED_DATA_ACCESS, "The operation attempted to"
                + " read past the oldest stream record in a shard.");
    }

    private Mono<DynamoDbResult> read(StreamRequest.Read request, Caller caller) {
        ShardIterator iterator = request.iterator();
        if (clock.millis() - iterator.madeAtMillis() > ITERATOR_LIFE.toMillis()) {
            return Mono.error(new DynamoDbException(DynamoDbError.EXPIRED_ITERATOR,
                    "The shard iterator is expired. Shard iterators expire 15 minutes after they"
                            + " are retrieved using the GetShardIterator action."));
        }
        if (iterator.shard() < 0 || iterator.shard() >= StreamKeyspace.SHARDS
                || iterator.next() < 1) {
            return Mono.error(DynamoDbException.validation("Invalid ShardIterator"));
        }
        // The definition is read first: a stream that was off then gets no record after the page read.
        return stream(iterator.stream(), caller).flatMap(stream -> {
            StreamKeyspace.Shard shard = key(stream, iterator.shard());
            return streams.read(shard, iterator.next(), request.limit(), MAX_BYTES)
                    .flatMap(page -> streams.horizon(shard).map(horizon -> {
                        if (iterator.next() < horizon) {
                            throw trimmed();
                        }
                        return records(iterator, stream, page, caller);
                    }));
        });
    }

    private DynamoDbResult records(ShardIterator iterator, StreamDefinition stream,
            StreamRepository.Page page, Caller caller) {
        boolean ended = !page.more() && !stream.stream().isEnabled();
        long next = page.records().isEmpty()
                ? iterator.next()
                : page.records().getLast().sequence() + 1;
        Optional<String> further = ended
                ? Optional.empty()
                : Optional.of(new ShardIterator(iterator.stream(), iterator.shard(), next,
                        clock.millis()).encode());
        return new StreamResult.Records(stream, StreamNames.shard(stream, iterator.shard()),
                page.records(), further, caller.region());
    }
}
