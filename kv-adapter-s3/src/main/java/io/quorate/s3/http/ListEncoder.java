package io.quorate.s3.http;

import io.quorate.aws.request.PercentCode;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Listing;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.ListBuckets;
import io.quorate.s3.operation.ListBucketsRequest;
import io.quorate.s3.operation.ListObjectsRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes lists of buckets and objects, and a bucket's location. Pure functions. */
final class ListEncoder {
    static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
    private static final int CHARS = 1_024;
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);
    private static final String CHECKSUM_PREFIX = "x-amz-checksum-";

    private ListEncoder() {}

    static byte[] location(Bucket bucket) {
        XmlWriter xml = new XmlWriter(CHARS).declaration().openIn("LocationConstraint",
                NAMESPACE);
        if (!bucket.region().equals(CreateBucket.DEFAULT_REGION)) {
            xml.text(bucket.region());
        }
        return xml.close("LocationConstraint").toBytes();
    }

    static byte[] buckets(ListBucketsRequest request, ListBuckets.Result result,
            String account) {
        XmlWriter xml = new XmlWriter(CHARS).declaration().openIn("ListAllMyBucketsResult",
                NAMESPACE);
        owner(xml, account);
        xml.open("Buckets");
        for (Bucket bucket : result.buckets()) {
            xml.open("Bucket").element("Name", bucket.name())
                    .element("CreationDate", time(bucket.createdMillis()))
                    .element("BucketRegion", bucket.region()).close("Bucket");
        }
        xml.close("Buckets");
        if (!request.prefix().isEmpty()) {
            xml.element("Prefix", request.prefix());
        }
        result.next().ifPresent(
                name -> xml.element("ContinuationToken", ListDecoder.token(name)));
        return xml.close("ListAllMyBucketsResult").toBytes();
    }

    static byte[] objects(ListObjectsRequest request, QueryParameters query, Listing listing,
            String account) {
        Spelling spelling = new Spelling(ListDecoder.isUrlEncoded(query));
        XmlWriter xml = begin(request, query, spelling);
        xml.element("Marker", spelling.of(request.after()));
        boolean more = listing.next().isPresent();
        // Without a delimiter clients go on after the last key.
        if (more && !request.delimiter().isEmpty()) {
            listing.next().ifPresent(next -> xml.element("NextMarker", spelling.of(next)));
        }
        xml.element("IsTruncated", more);
        entries(xml, listing, spelling, account);
        return xml.close("ListBucketResult").toBytes();
    }

    static byte[] objectsV2(ListObjectsRequest request, QueryParameters query, Listing listing,
            String account) {
        Spelling spelling = new Spelling(ListDecoder.isUrlEncoded(query));
        XmlWriter xml = begin(request, query, spelling);
        xml.element("KeyCount", (long) listing.objects().size() + listing.prefixes().size());
        element(xml, "ContinuationToken", query.first("continuation-token"));
        String startAfter = query.first("start-after");
        element(xml, "StartAfter", startAfter == null ? null : spelling.of(startAfter));
        listing.next().ifPresent(
                next -> xml.element("NextContinuationToken", ListDecoder.token(next)));
        xml.element("IsTruncated", listing.next().isPresent());
        boolean owner = "true".equalsIgnoreCase(query.first("fetch-owner"));
        entries(xml, listing, spelling, owner ? account : null);
        return xml.close("ListBucketResult").toBytes();
    }

    /** Keys as they are, or percent-encoded as the client asked. */
    private record Spelling(boolean url) {
        String of(String text) {
            return url ? PercentCode.encode(text, true) : text;
        }
    }

    private static XmlWriter begin(ListObjectsRequest request, QueryParameters query,
            Spelling spelling) {
        XmlWriter xml = new XmlWriter(CHARS).declaration().openIn("ListBucketResult", NAMESPACE)
                .element("Name", request.bucket())
                .element("Prefix", spelling.of(request.prefix()));
        if (!request.delimiter().isEmpty()) {
            xml.element("Delimiter", spelling.of(request.delimiter()));
        }
        xml.element("MaxKeys", Math.min(ListObjectsRequest.MAX_KEYS, ListDecoder.maxKeys(query)));
        element(xml, "EncodingType", spelling.url() ? "url" : null);
        return xml;
    }

    private static void element(XmlWriter xml, String name, @Nullable String value) {
        if (value != null) {
            xml.element(name, value);
        }
    }

    private static void entries(XmlWriter xml, Listing listing, Spelling spelling,
            @Nullable String account) {
        for (Listing.Entry entry : listing.objects()) {
            Manifest manifest = entry.manifest();
            xml.open("Contents").element("Key", spelling.of(entry.key()))
                    .element("LastModified", time(manifest.modifiedMillis()))
                    .element("ETag", manifest.etag());
            manifest.checksum().ifPresent(checksum -> xml
                    .element("ChecksumAlgorithm",
                            checksum.header().substring(CHECKSUM_PREFIX.length())
                                    .toUpperCase(Locale.ROOT))
                    .element("ChecksumType", "FULL_OBJECT"));
            xml.element("Size", manifest.body().length()).element("StorageClass",
                    manifest.metadata().storageClass());
            if (account != null) {
                owner(xml, account);
            }
            xml.close("Contents");
        }
        for (String prefix : listing.prefixes()) {
            xml.open("CommonPrefixes").element("Prefix", spelling.of(prefix))
                    .close("CommonPrefixes");
        }
    }

    private static void owner(XmlWriter xml, String account) {
        xml.open("Owner").element("ID", account).element("DisplayName", account).close("Owner");
    }

    /** S3 counts whole seconds. */
    static String time(long millis) {
        return TIME.format(
                Instant.ofEpochSecond(Math.floorDiv(millis, 1_000)).atOffset(ZoneOffset.UTC));
    }
}
