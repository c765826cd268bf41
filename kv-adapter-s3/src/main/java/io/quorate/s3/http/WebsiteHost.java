package io.quorate.s3.http;

import io.quorate.aws.request.AwsRequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts under which buckets are websites: {@code bucket.s3-website.} or
 * {@code bucket.s3-website-region.} before a base domain. Source: S3 user guide, "Website endpoints".
 */
final class WebsiteHost {
    private static final Pattern SITE = Pattern.compile("(.+)\\.s3-website([.-][a-z0-9-]+)?");

    private WebsiteHost() {}

    /** The bucket whose website is asked for, if one is. */
    static Optional<String> bucket(AwsRequestHead head, List<String> baseDomains) {
        String host = head.header("host");
        if (host == null) {
            return Optional.empty();
        }
        int colon = host.lastIndexOf(':');
        String name = (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
        for (String domain : baseDomains) {
            if (name.endsWith("." + domain)) {
                Matcher site = SITE
                        .matcher(name.substring(0, name.length() - domain.length() - 1));
                if (site.matches()) {
                    return Optional.of(site.group(1));
                }
            }
        }
        return Optional.empty();
    }
}
