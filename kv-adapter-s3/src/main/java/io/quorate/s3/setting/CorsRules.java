package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages of other origins may use a bucket. Source: S3 user guide, "Using cross-origin resource
 * sharing (CORS)".
 */
public final class CorsRules {
    private static final Set<String> METHODS = Set.of("GET", "PUT", "HEAD", "POST", "DELETE");
    private final List<Element> rules;

    private CorsRules(Element configuration) {
        this.rules = configuration.children("CORSRule");
    }

    /** The rules of a checked configuration. */
    public static CorsRules of(Element configuration) {
        return new CorsRules(configuration);
    }

    static void check(Element configuration) {
        for (Element rule : configuration.children("CORSRule")) {
            rule.textsOf("AllowedMethod").forEach(CorsRules::checkMethod);
            rule.textsOf("AllowedOrigin")
                    .forEach(origin -> checkWildcards("AllowedOrigin", origin));
            rule.textsOf("AllowedHeader")
                    .forEach(header -> checkWildcards("AllowedHeader", header));
            for (String header : rule.textsOf("ExposeHeader")) {
                if (header.contains("*")) {
                    throw new S3Exception(S3Error.INVALID_REQUEST,
                            "ExposeHeader \"" + header + "\" contains wildcard. We currently do not"
                                    + " support wildcard for ExposeHeader.");
                }
            }
        }
    }

    private static void checkMethod(String method) {
        if (!METHODS.contains(method)) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    "Found unsupported HTTP method in CORS config. Unsupported method is "
                            + method);
        }
    }

    private static void checkWildcards(String what, String text) {
        if (text.indexOf('*') != text.lastIndexOf('*')) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    what + " \"" + text + "\" can not have more than one wildcard.");
        }
    }

    /**
     * What a page may do.
     *
     * @param origin what is answered as allowed: the origin, or {@code *}
     * @param methods what its rule allows
     * @param headers what the page may send, as it asked
     * @param exposed what it may read
     * @param maxAgeSeconds how long this holds, if its rule says
     */
    public record Grant(String origin, List<String> methods, List<String> headers,
            List<String> exposed, Optional<String> maxAgeSeconds) {
        public Grant {
            methods = List.copyOf(methods);
            headers = List.copyOf(headers);
            exposed = List.copyOf(exposed);
        }

        /** Whether the answer is another one for another origin. */
        public boolean isForAnyOrigin() {
            return origin.equals("*");
        }
    }

    /**
     * What the first rule that fits allows.
     *
     * @param headers what the page wants to send besides, in lower case
     */
    public Optional<Grant> find(String origin, String method, List<String> headers) {
        for (Element rule : rules) {
            Optional<String> allowed = rule.textsOf("AllowedOrigin").stream()
                    .filter(pattern -> matches(pattern, origin)).findFirst();
            List<String> patterns = rule.textsOf("AllowedHeader");
            boolean fits = allowed.isPresent() && rule.textsOf("AllowedMethod").contains(method)
                    && headers.stream().allMatch(header -> patterns.stream().anyMatch(
                            pattern -> matches(pattern.toLowerCase(Locale.ROOT), header)));
            if (fits) {
                return Optional.of(new Grant(allowed.get().equals("*") ? "*" : origin,
                        rule.textsOf("AllowedMethod"), headers, rule.textsOf("ExposeHeader"),
                        rule.textOf("MaxAgeSeconds")));
            }
        }
        return Optional.empty();
    }

    /** At most one star, which stands for any run of characters. */
    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        return text.length() >= pattern.length() - 1 && text.startsWith(pattern.substring(0, star))
                && text.endsWith(pattern.substring(star + 1));
    }
}
