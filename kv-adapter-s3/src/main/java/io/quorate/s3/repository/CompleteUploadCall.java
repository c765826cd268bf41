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
import io.quorate.s3.model.BucketEvent;
import io.quorate.s3.model.Manifest;
import io.quorate.s3.model.NamedPart;
import io.quorate.s3.model.Part;
import io.quorate.s3.model.PartNumbers;
import io.quorate.s3.model.StoredChecksum;
import io.quorate.s3.model.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

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
                    .map(manifest -> Decision
                            .answer(answer(bucket, manifest, request, Optional.empty())))
                    .orElseGet(PutObjectCall.Reason.NO_SUCH_UPLOAD::decision);
        }
        return PutObjectCall.verdict(request.condition(), versions.latest())
                .map(PutObjectCall.Reason::decision)
                .orElseGet(() -> complete(view, bucket, versions, request,
                        UploadRows.upload(upload.get().value())));
    }

    private static boolean isOf(Body body, Completion request) {
        return Bodies.parts(body).filter(parts -> parts.upload().equals(request.upload()))
                .isPresent();
    }

    private Decision complete(LeaderView view, Bucket bucket, VersionStack versions,
            Completion request, Upload upload) {
        Map<Integer, Part> there = parts(view, bucket, request);
        Optional<PutObjectCall.Reason> refusal = refusal(request, there);
        if (refusal.isPresent()) {
            return refusal.get().decision();
        }
        List<Part> chosen = request.parts().stream()
                .map(named -> Objects.requireNonNull(there.get(named.number()))).toList();
        Manifest made = manifest(upload, chosen);
        if (request.size().filter(said -> said != made.body().length()).isPresent()) {
            return PutObjectCall.Reason.BAD_SIZE.decision();
        }
        if (isOther(request.checksum(), made.checksum())) {
            return PutObjectCall.Reason.BAD_DIGEST.decision();
        }
        Manifest written = versions.push(PutObjectCall.locked(bucket, made, view.nowMillis()),
                upload.id().getLeastSignificantBits(), BucketEvent.Creation.COMPLETE);
        List<Mutation> mutations = new ArrayList<>(versions.mutations());
        mutations.add(new Mutation.Delete(
                UploadKeyspace.upload(bucket, upload.key(), upload.id())));
        if (chosen.size() < there.size()) {
            mutations.add(Bodies.drop(bucket, upload.id(), numbers(chosen)));
        }
        return new Decision(new Transaction(List.of(), mutations),
                answer(bucket, written, request, versions.dropped()));
    }

    /** Empty if each part that is named is there, and long enough. */
    private static Optional<PutObjectCall.Reason> refusal(Completion request,
            Map<Integer, Part> there) {
        int last = request.parts().getLast().number();
        for (NamedPart named : request.parts()) {
            Part part = there.get(named.number());
            if (part == null || !named.names(part)) {
                return Optional.of(PutObjectCall.Reason.INVALID_PART);
            }
            if (named.number() != last && part.body().length() < Part.MIN_BYTES) {
                return Optional.of(PutObjectCall.Reason.TOO_SMALL);
            }
        }
        return Optional.empty();
    }

    private static Manifest manifest(Upload upload, List<Part> parts) {
        long length = parts.stream().mapToLong(part -> part.body().length()).sum();
        Body stored = new Body.InParts(upload.id(), numbers(parts), length);
        Body body = upload.encryption()
                .<Body>map(encryption -> new Body.Encrypted(stored, encryption, length))
                .orElse(stored);
        return new Manifest(body, PartDigests.etag(parts), upload.metadata(),
                PartDigests.checksum(parts, upload.checksums()), upload.labels());
    }

    private static PartNumbers numbers(List<Part> parts) {
        return PartNumbers.of(parts.stream().map(Part::number).toList());
    }

    /** Whether the client says a checksum that is not the object's. */
    private static boolean isOther(Optional<StoredChecksum> said, Optional<StoredChecksum> made) {
        return said.isPresent() && made.isPresent()
                && said.get().header().equals(made.get().header())
                && !NamedPart.isSame(said.get().base64(), made.get().base64());
    }

    private static Value answer(Bucket bucket, Manifest manifest, Completion request,
            Optional<UUID> dropped) {
        return new PutObjectCall.Answer.Stored(request.upload(),
                PutObjectCall.named(bucket, manifest.version(), dropped),
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
