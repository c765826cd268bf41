package io.quorate.s3.repository;

import io.quorate.kv.BlobStore;
import io.quorate.kv.Key;
import io.quorate.kv.KeyRange;
import io.quorate.kv.LeaderHandler;
import io.quorate.kv.LeaderView;
import io.quorate.kv.Mutation;
import io.quorate.kv.Scan;
import io.quorate.kv.ScanPage;
import io.quorate.kv.Transaction;
import io.quorate.kv.Value;
import io.quorate.kv.Versioned;
import io.quorate.kv.keyspace.KeyEncoder;
import io.quorate.s3.keyspace.BucketKeyspace;
import io.quorate.s3.keyspace.UploadKeyspace;
import io.quorate.s3.model.Body;
import io.quorate.s3.model.Bucket;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.PartNumbers;
import io.quorate.s3.model.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes an object of an upload's parts, where they are. Once; a repetition hears of the same object. */
final class CompleteUploadCall implements LeaderHandler {
    static final String NAME = "s3.CompleteMultipartUpload";

    private final BlobStore blobs;

    CompleteUploadCall(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public List<Key> latches(Value request) {
        var address = Completion.decode(request).address();
        return List.of(BucketKeyspace.writers(address.bucket(), address.key()));
    }

    @Override
    public Decision handle(LeaderView view, Value value) {
        Completion request = Completion.decode(value);
        var fence = view.get(BucketKeyspace.fence(request.address().bucket()));
        if (fence.isEmpty()) {
            return PutObjectCall.Reason.NO_SUCH_BUCKET.decision();
        }
        Bucket bucket = Rows.bucket(fence.get().value());
        if (!bucket.account().equals(request.account())) {
            return PutObjectCall.Reason.NOT_YOURS.decision();
        }
        VersionStack versions = new VersionStack(view, blobs, bucket, request.address().key());
        var upload = view.get(UploadKeyspace.upload(bucket, request.address().key(),
                request.upload()));
        if (upload.isEmpty()) {
            return versions.latest().filter(manifest -> isOf(manifest.body(), request))
                    .map(manifest -> Decision.answer(answer(bucket, manifest, request)))
                    .orElseGet(PutObjectCall.Reason.NO_SUCH_UPLOAD::decision);
        }
        return PutObjectCall.verdict(request.condition(), versions.latest())
                .map(PutObjectCall.Reason::decision)
                .orElseGet(() -> complete(view, bucket, versions, request,
                        UploadRows.upload(upload.get().value())));
    }

    private static boolean isOf(Body body, Completion request) {
        return switch (body) {
            case Body.InParts parts -> parts.upload().equals(request.upload());
            case Body.Encrypted(Body stored, var encryption, long length) ->
                isOf(stored, request);
            case Body.InRow row -> false;
            case Body.InFile file -> false;
        };
    }

    private Decision complete(LeaderView view, Bucket bucket, VersionStack versions,
            Completion request, Upload upload) {
        Map<Integer, Part> there = parts(view, bucket, request);
        List<Part> chosen = new ArrayList<>();
        for (Completion.NamedPart named : request.parts()) {
            Part part = there.get(named.number());
            if (part == null || !named.names(part)) {
                return PutObjectCall.Reason.INVALID_PART.decision();
            }
            if (named != request.parts().getLast() && part.body().length() < Part.MIN_BYTES) {
                return PutObjectCall.Reason.TOO_SMALL.decision();
            }
            chosen.add(part);
        }
        long length = chosen.stream().mapToLong(part -> part.body().length()).sum();
        if (request.size().filter(said -> said != length).isPresent()) {
            return PutObjectCall.Reason.BAD_SIZE.decision();
        }
        var checksum = PartDigests.checksum(chosen, upload.checksums());
        if (request.checksum().filter(said -> checksum
                .filter(sum -> sum.header().equals(said.header())
                        && !Completion.isSame(said.base64(), sum.base64()))
                .isPresent()).isPresent()) {
            return PutObjectCall.Reason.BAD_DIGEST.decision();
        }
        PartNumbers numbers = PartNumbers
                .of(chosen.stream().map(Part::number).toList());
        Body inParts = new Body.InParts(upload.id(), numbers, length);
        Body body = upload.encryption()
                .<Body>map(encryption -> new Body.Encrypted(inParts, encryption, length))
                .orElse(inParts);
        Manifest written = versions.push(PutObjectCall.locked(bucket,
                new Manifest(body, PartDigests.etag(chosen), upload.metadata(), checksum,
                        upload.labels()),
                view.nowMillis()), upload.id().getLeastSignificantBits());
        List<Mutation> mutations = new ArrayList<>(versions.mutations());
        mutations.add(new Mutation.Delete(
                UploadKeyspace.upload(bucket, upload.key(), upload.id())));
        if (chosen.size() < there.size()) {
            mutations.add(Bodies.drop(bucket, upload.id(), numbers));
        }
        return new Decision(new Transaction(List.of(), mutations),
                answer(bucket, written, request));
    }

    private static Value answer(Bucket bucket, Manifest manifest, Completion request) {
        return new PutObjectCall.Answer.Stored(request.upload(),
                PutObjectCall.named(bucket, manifest.version()),
                Optional.of(manifest)).encode();
    }

    private static Map<Integer, Part> parts(LeaderView view, Bucket bucket, Completion request) {
        Map<Integer, Part> parts = new TreeMap<>();
        KeyRange all = UploadKeyspace.parts(bucket, request.upload());
        Key from = all.start();
        ScanPage page;
        do {
            page = view.scan(Scan.ascending(new KeyRange(from, all.end()), Scan.MAX_LIMIT));
            for (Versioned row : page.rows()) {
                Part part = UploadRows.part(row.value());
                parts.put(part.number(), part);
                from = KeyEncoder.immediatelyAfter(row.key());
            }
        } while (page.more());
        return parts;
    }
}
