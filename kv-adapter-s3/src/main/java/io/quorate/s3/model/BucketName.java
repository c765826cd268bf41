package io.quorate.s3.model;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names of buckets. Source: S3 user guide, "General purpose bucket naming rules". */
public final class BucketName {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final List<String> PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> SUFFIXES = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3",
            "--table-s3");
    /** Names that are paths of the server's own. */
    private static final Set<String> RESERVED = Set.of("healthz");

    private BucketName() {}

    /** Whether a bucket may be created under the name. */
    public static boolean isValid(String name) {
        return SHAPE.matcher(name).matches() && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && PREFIXES.stream().noneMatch(name::startsWith)
                && SUFFIXES.stream().noneMatch(name::endsWith);
    }

    /** Whether the server keeps the name for itself. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }
}
