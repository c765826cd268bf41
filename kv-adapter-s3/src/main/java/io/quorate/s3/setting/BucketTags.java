package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for tags. Source: S3 user guide, "Using cost allocation S3 bucket tags". */
final class BucketTags {
    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private BucketTags() {}

    static void check(Element tagging) {
        checkTags(tagging.child("TagSet").orElseThrow().children("Tag"), MAX_TAGS);
    }

    static void checkTags(List<Element> tags, int most) {
        if (tags.size() > most) {
            throw new S3Exception(S3Error.BAD_TAG,
                    "Bucket tag count cannot be greater than " + most);
        }
        Set<String> keys = new HashSet<>();
        for (Element tag : tags) {
            String key = tag.textOf("Key").orElse("");
            String value = tag.textOf("Value").orElse("");
            if (key.isEmpty() || key.length() > MAX_KEY || !TEXT.matcher(key).matches()) {
                throw refused("The TagKey you have provided is invalid", key);
            }
            if (value.length() > MAX_VALUE || !TEXT.matcher(value).matches()) {
                throw refused("The TagValue you have provided is invalid", key);
            }
            if (key.startsWith("aws:")) {
                throw refused("System tags cannot be added/updated by requester", key);
            }
            if (!keys.add(key)) {
                throw refused("Cannot provide multiple Tags with the same key", key);
            }
        }
    }

    private static S3Exception refused(String text, String key) {
        return new S3Exception(S3Error.BAD_TAG, text).with("TagKey", key);
    }
}
