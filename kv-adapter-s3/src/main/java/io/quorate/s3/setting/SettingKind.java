package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of a bucket. The first few decide who may do what, and are read by every request. */
public enum SettingKind {
    //
    POLICY(1, "policy", "BucketPolicy", Shapes.POLICY, BucketPolicies::check),
    //
    ACL(2, "acl", "BucketAcl", Shapes.ACL, Grants::check),
    //
    OWNERSHIP(3, "ownershipControls", "BucketOwnershipControls", Shapes.OWNERSHIP, any -> {}),
    //
    PUBLIC_ACCESS_BLOCK(4, "publicAccessBlock", "PublicAccessBlock", Shapes.PUBLIC_ACCESS_BLOCK,
            any -> {}),
    //
    REQUEST_PAYMENT(5, "requestPayment", "BucketRequestPayment", Shapes.REQUEST_PAYMENT,
            any -> {}),
    //
    TAGGING(10, "tagging", "BucketTagging", Shapes.TAGGING, BucketTags::check),
    //
    CORS(11, "cors", "BucketCors", Shapes.CORS, CorsRules::check),
    //
    LIFECYCLE(12, "lifecycle", "BucketLifecycleConfiguration", Shapes.LIFECYCLE,
            LifecycleRules::check),
    //
    ENCRYPTION(13, "encryption", "BucketEncryption", Shapes.ENCRYPTION, DefaultEncryption::check),
    //
    WEBSITE(14, "website", "BucketWebsite", Shapes.WEBSITE, Website::check),
    //
    LOGGING(15, "logging", "BucketLogging", Shapes.LOGGING, any -> {}),
    //
    NOTIFICATION(17, "notification", "BucketNotificationConfiguration", Shapes.NOTIFICATION,
            Notifications::check);

    /** The ids of what every request reads are below this. */
    public static final int FIRST_OTHER = 10;

    private final int id;
    private final String parameter;
    private final String noun;
    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Shape shape;
    @SuppressWarnings("ImmutableEnumChecker") // pure functions
    private final Consumer<Element> rules;

    SettingKind(int id, String parameter, String noun, Shape shape, Consumer<Element> rules) {
        this.id = id;
        this.parameter = parameter;
        this.noun = noun;
        this.shape = shape;
        this.rules = rules;
    }

    /** The setting of a stored number. */
    public static SettingKind of(int id) {
        return Arrays.stream(values()).filter(kind -> kind.id == id).findFirst()
                .orElseThrow(() -> new IllegalStateException("a setting of kind " + id));
    }

    /** The setting of a sub-resource. */
    public static Optional<SettingKind> ofParameter(String parameter) {
        return Arrays.stream(values()).filter(kind -> kind.parameter.equals(parameter)).findFirst();
    }

    /** The number it is stored under. */
    public int id() {
        return id;
    }

    /** The sub-resource's name in queries. */
    public String parameter() {
        return parameter;
    }

    /** What its actions are called after their verb. */
    public String noun() {
        return noun;
    }

    /**
     * Refuses what may not be set.
     *
     * @throws S3Exception as S3 does
     */
    public void check(Element document) {
        shape.check(document);
        rules.accept(document);
    }

    /** What S3 says where nothing is set. */
    public S3Exception missing(String bucket) {
        S3Error error = switch (this) {
            case POLICY -> S3Error.NO_SUCH_POLICY;
            case OWNERSHIP -> S3Error.NO_SUCH_OWNERSHIP;
            case PUBLIC_ACCESS_BLOCK -> S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK;
            case TAGGING -> S3Error.NO_SUCH_TAG_SET;
            case CORS -> S3Error.NO_SUCH_CORS;
            case LIFECYCLE -> S3Error.NO_SUCH_LIFECYCLE;
            case ENCRYPTION -> S3Error.NO_SUCH_ENCRYPTION;
            case WEBSITE -> S3Error.NO_SUCH_WEBSITE;
            case ACL, REQUEST_PAYMENT, LOGGING, NOTIFICATION ->
                throw new IllegalStateException("there is always one: " + this);
        };
        return new S3Exception(error).with("BucketName", bucket);
    }
}
