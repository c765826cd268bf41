package io.quorate.s3.operation;

import io.quorate.s3.model.Bucket;
import io.quorate.s3.repository.BucketRepository;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** ListBuckets. Source: S3 API reference, ListBuckets. */
public final class ListBuckets {
    private final BucketRepository buckets;

    public ListBuckets(BucketRepository buckets) {
        this.buckets = buckets;
    }

    /**
     * What ListBuckets answers.
     *
     * @param buckets by name
     * @param next the name after which to go on, if there may be more
     */
    public record Result(List<Bucket> buckets, Optional<String> next) {
        public Result {
            buckets = List.copyOf(buckets);
        }
    }

    /** One page of the caller's buckets. */
    public Mono<Result> run(ListBucketsRequest request, Caller caller) {
        return buckets.ownedBy(caller.account(), request.prefix(), request.after())
                .filter(bucket -> request.region().map(bucket.region()::equals).orElse(true))
                .take(request.maxBuckets() + 1L).collectList()
                .map(found -> result(found, request.maxBuckets()));
    }

    private static Result result(List<Bucket> found, int most) {
        if (found.size() <= most) {
            return new Result(found, Optional.empty());
        }
        List<Bucket> page = found.subList(0, most);
        return new Result(page, Optional.of(page.getLast().name()));
    }
}
