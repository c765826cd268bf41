package io.quorate.s3;

import io.quorate.aws.http.AwsHandler;
import io.quorate.kv.AtLeader;
import io.quorate.kv.BlobStore;
import io.quorate.kv.TransactionalKv;
import io.quorate.s3.delivery.EventDelivery;
import io.quorate.s3.http.EventJson;
import io.quorate.s3.http.Operations;
import io.quorate.s3.http.S3Handler;
import io.quorate.s3.operation.BodyIntake;
import io.quorate.s3.operation.BucketSettings;
import io.quorate.s3.operation.Buckets;
import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.DeleteObject;
import io.quorate.s3.operation.GetObject;
import io.quorate.s3.operation.HeadObject;
import io.quorate.s3.operation.ListBuckets;
import io.quorate.s3.operation.ListObjects;
import io.quorate.s3.operation.ListUploads;
import io.quorate.s3.operation.PutObject;
import io.quorate.s3.operation.UploadPart;
import io.quorate.s3.operation.Uploads;
import io.quorate.s3.repository.BucketRepository;
import io.quorate.s3.repository.EventSink;
import io.quorate.s3.repository.ListingRepository;
import io.quorate.s3.repository.ObjectRepository;
import io.quorate.s3.repository.OutboxRepository;
import io.quorate.s3.repository.SettingRepository;
import io.quorate.s3.repository.UploadRepository;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the adapter together over the store's ports. */
public final class S3Adapter {
    private S3Adapter() {}

    /**
     * The store, as this adapter uses it.
     *
     * @param kv reads
     * @param leader where handlers run
     * @param blobs large bodies
     */
    public record Store(TransactionalKv kv, AtLeader leader, BlobStore blobs) {}

    /**
     * Makes the handler of S3's requests and registers the adapter's leader handlers; call it once,
     * before the node starts.
     *
     * @param store where everything is kept
     * @param ids makes random ids for buckets and bodies
     * @param baseDomains below these a host name begins with a bucket's name
     * @param maxXmlBytes longest XML document accepted
     */
    public static AwsHandler handler(Store store, Supplier<UUID> ids, List<String> baseDomains,
            int maxXmlBytes) {
        return handler(store, ids, baseDomains, maxXmlBytes, EventSink.NONE);
    }

    /**
     * What tells queues what happened; registers its leader handlers, so make it before the node starts.
     * It delivers once it is started.
     */
    public static EventDelivery delivery(Store store, EventSink queues) {
        return new EventDelivery(new OutboxRepository(store.kv(), store.leader()), queues,
                EventJson::render);
    }

    /**
     * The same, whose buckets can tell queues what happens.
     *
     * @param queues the endpoint's queues
     */
    public static AwsHandler handler(Store store, Supplier<UUID> ids, List<String> baseDomains,
            int maxXmlBytes, EventSink queues) {
        var buckets = new BucketRepository(store.kv(), store.leader(), ids);
        var objects = new ObjectRepository(store.kv(), store.leader(), store.blobs(), buckets,
                ids);
        var uploads = new UploadRepository(store.kv(), store.leader(), store.blobs(), buckets);
        var listings = new ListingRepository(store.kv(), buckets);
        return new S3Handler(new Operations(
                new Operations.OfBuckets(new CreateBucket(buckets), new Buckets(buckets),
                        new ListBuckets(buckets), new ListObjects(listings),
                        new BucketSettings(buckets,
                                new SettingRepository(store.kv(), store.leader()), queues)),
                new Operations.OfObjects(new PutObject(objects, new BodyIntake(objects, ids)),
                        new GetObject(objects),
                        new HeadObject(objects), new DeleteObject(objects)),
                new Operations.OfUploads(
                        new Uploads(uploads, ids), new UploadPart(uploads,
                                new BodyIntake(objects, ids)),
                        new ListUploads(uploads))),
                baseDomains, maxXmlBytes);
    }
}
