package io.quorate.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;

/** Uploads in parts, in one bucket; each trial's keys begin with its id. */
final class S3UploadActions implements ActionCases {
    private static final String BUCKET = "uploads-across-leaders";
    /** Above what is kept in a row, so a file. */
    private static final String PART = "the only part ".repeat(20_000);

    @Override
    public String service() {
        return "S3";
    }

    @Override
    public void furnish(Sdk sdk) {
        var unused = S3BucketActions.bucket(sdk, BUCKET);
    }

    @Override
    public List<ActionCase<?, ?>> cases() {
        return List.of(
                ActionCase.of("CreateMultipartUpload", (sdk, key) -> key, S3UploadActions::begin,
                        (sdk, key, begun) -> assertThat(uploads(sdk, key))
                                .containsExactly(begun.id())),
                ActionCase.of("UploadPart", S3UploadActions::begin,
                        (sdk, upload) -> part(sdk, upload, PART),
                        (sdk, upload, part) -> assertThat(parts(sdk, upload))
                                .containsExactly(part.eTag())),
                ActionCase.of("UploadPart again", S3UploadActions::withPart,
                        (sdk, upload) -> part(sdk, upload, "another"),
                        (sdk, upload, part) -> assertThat(parts(sdk, upload))
                                .containsExactly(part.eTag())),
                ActionCase.of("ListParts", S3UploadActions::withPart, S3UploadActions::parts,
                        (sdk, upload, listed) -> assertThat(listed).hasSize(1)),
                ActionCase.of("ListMultipartUploads", S3UploadActions::withPart,
                        (sdk, upload) -> uploads(sdk, upload.key()),
                        (sdk, upload, listed) -> assertThat(listed).containsExactly(upload.id())),
                ActionCase.of("CompleteMultipartUpload", S3UploadActions::withPart,
                        S3UploadActions::complete,
                        (sdk, upload, etag) -> {
                            assertThat(sdk.s3().getObjectAsBytes(
                                    get -> get.bucket(BUCKET).key(upload.key())).asUtf8String())
                                    .isEqualTo(PART);
                            assertThat(etag).endsWith("-1\"");
                            assertThat(uploads(sdk, upload.key())).isEmpty();
                        }),
                ActionCase.of("AbortMultipartUpload", S3UploadActions::withPart,
                        (sdk, upload) -> sdk.s3().abortMultipartUpload(abort -> abort
                                .bucket(BUCKET).key(upload.key()).uploadId(upload.id())),
                        (sdk, upload, done) -> assertThatThrownBy(() -> parts(sdk, upload))
                                .isInstanceOf(NoSuchUploadException.class)));
    }

    /** One that was begun. */
    private record Upload(String key, String id) {}

    private static Upload begin(Sdk sdk, String key) {
        return new Upload(key, sdk.s3()
                .createMultipartUpload(create -> create.bucket(BUCKET).key(key)).uploadId());
    }

    private static Upload withPart(Sdk sdk, String key) {
        Upload upload = begin(sdk, key);
        var unused = part(sdk, upload, PART);
        return upload;
    }

    private static CompletedPart part(Sdk sdk, Upload upload, String body) {
        String etag = sdk.s3().uploadPart(
                to -> to.bucket(BUCKET).key(upload.key()).uploadId(upload.id()).partNumber(1),
                RequestBody.fromString(body)).eTag();
        return CompletedPart.builder().partNumber(1).eTag(etag).build();
    }

    private static List<String> parts(Sdk sdk, Upload upload) {
        return sdk.s3().listParts(
                list -> list.bucket(BUCKET).key(upload.key()).uploadId(upload.id())).parts()
                .stream().map(Part::eTag).toList();
    }

    private static List<String> uploads(Sdk sdk, String key) {
        return sdk.s3().listMultipartUploads(list -> list.bucket(BUCKET).prefix(key)).uploads()
                .stream().map(MultipartUpload::uploadId).toList();
    }

    private static String complete(Sdk sdk, Upload upload) {
        String etag = parts(sdk, upload).getFirst();
        return sdk.s3().completeMultipartUpload(complete -> complete.bucket(BUCKET)
                .key(upload.key()).uploadId(upload.id()).multipartUpload(all -> all.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build())))
                .eTag();
    }
}
