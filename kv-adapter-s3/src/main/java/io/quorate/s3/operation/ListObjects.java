package io.quorate.s3.operation;

import io.quorate.s3.model.Listing;
import io.quorate.s3.repository.ListingRepository;
import reactor.core.publisher.Mono;

/** ListObjects and ListObjectsV2, which differ in their spelling only. Source: S3 API reference. */
public final class ListObjects {
    private final ListingRepository listings;

    public ListObjects(ListingRepository listings) {
        this.listings = listings;
    }

    /** One page. */
    public Mono<Listing> run(ListObjectsRequest request, Caller caller) {
        return listings.list(
                new ListingRepository.Query(request.bucket(), caller.account(), request.prefix(),
                        request.delimiter(), request.after()),
                request.maxKeys());
    }
}
