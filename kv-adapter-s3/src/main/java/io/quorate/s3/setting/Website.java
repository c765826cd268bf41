package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.Optional;
import java.util.Set;

/**
 * How a bucket is served as a website. Source: S3 user guide, "Hosting a static website using Amazon
 * S3", "(Optional) Configuring a webpage redirect".
 */
public final class Website {
    private static final Set<String> REDIRECTS = Set.of("301", "302", "303", "304", "307", "308");
    private final Element configuration;

    private Website(Element configuration) {
        this.configuration = configuration;
    }

    /** The website of a checked configuration. */
    public static Website of(Element configuration) {
        return new Website(configuration);
    }

    static void check(Element configuration) {
        boolean all = configuration.child("RedirectAllRequestsTo").isPresent();
        Optional<String> index = configuration.child("IndexDocument")
                .flatMap(document -> document.textOf("Suffix"));
        if (all && configuration.children().size() > 1) {
            throw refused("RedirectAllRequestsTo cannot be provided in conjunction with other"
                    + " Routing Rules.");
        }
        if (!all && index.isEmpty()) {
            throw refused("A value for IndexDocument Suffix must be provided if"
                    + " RedirectAllRequestsTo is empty");
        }
        if (index.filter(suffix -> suffix.isEmpty() || suffix.contains("/")).isPresent()) {
            throw refused("The IndexDocument Suffix is not well formed");
        }
        configuration.child("RoutingRules").ifPresent(
                rules -> rules.children("RoutingRule").forEach(Website::checkRule));
    }

    private static void checkRule(Element rule) {
        Element redirect = rule.child("Redirect").orElseThrow();
        if (redirect.children().isEmpty()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        if (redirect.child("ReplaceKeyWith").isPresent()
                && redirect.child("ReplaceKeyPrefixWith").isPresent()) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        }
        Optional<String> code = redirect.textOf("HttpRedirectCode");
        if (code.filter(text -> !REDIRECTS.contains(text)).isPresent()) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    "The provided HTTP redirect code (" + code.get()
                            + ") is not valid. Valid codes are 3XX except 300.");
        }
        Optional<String> error = rule.child("Condition")
                .flatMap(condition -> condition.textOf("HttpErrorCodeReturnedEquals"));
        if (error.filter(text -> !text.matches("[45]\\d\\d")).isPresent()) {
            throw new S3Exception(S3Error.INVALID_REQUEST,
                    "The provided HTTP error code (" + error.get()
                            + ") is not valid. Valid codes are 4XX or 5XX.");
        }
    }

    private static S3Exception refused(String text) {
        return new S3Exception(S3Error.INVALID_ARGUMENT, text);
    }

    /**
     * Where a reader is sent.
     *
     * @param status the HTTP status
     * @param protocol http or https, if the rule says
     * @param host another host, if the rule says
     * @param key the key to ask for
     */
    public record Redirect(int status, Optional<String> protocol, Optional<String> host,
            String key) {}

    /** Where every reader is sent, if they are. */
    public Optional<Redirect> redirectOfAll(String key) {
        return configuration.child("RedirectAllRequestsTo").map(to -> new Redirect(301,
                to.textOf("Protocol"), to.textOf("HostName"), key));
    }

    /** Where a reader of the key is sent before anything is looked up. */
    public Optional<Redirect> redirectOf(String key) {
        return rule(key, Optional.empty());
    }

    /** Where a reader of the key is sent whose answer would have been an error. */
    public Optional<Redirect> redirectOf(String key, int errorStatus) {
        return rule(key, Optional.of(Integer.toString(errorStatus)));
    }

    private Optional<Redirect> rule(String key, Optional<String> error) {
        return configuration.child("RoutingRules").stream()
                .flatMap(rules -> rules.children("RoutingRule").stream())
                .filter(rule -> fits(rule, key, error)).findFirst()
                .map(rule -> redirect(rule, key));
    }

    private static boolean fits(Element rule, String key, Optional<String> error) {
        Optional<Element> condition = rule.child("Condition");
        Optional<String> code = condition
                .flatMap(one -> one.textOf("HttpErrorCodeReturnedEquals"));
        return code.equals(error) && key.startsWith(prefix(rule));
    }

    private static String prefix(Element rule) {
        return rule.child("Condition").flatMap(one -> one.textOf("KeyPrefixEquals")).orElse("");
    }

    private static Redirect redirect(Element rule, String key) {
        Element to = rule.child("Redirect").orElseThrow();
        String target = to.textOf("ReplaceKeyWith")
                .or(() -> to.textOf("ReplaceKeyPrefixWith")
                        .map(prefix -> prefix + key.substring(prefix(rule).length())))
                .orElse(key);
        return new Redirect(to.textOf("HttpRedirectCode").map(Integer::parseInt).orElse(301),
                to.textOf("Protocol"), to.textOf("HostName"), target);
    }

    /** The key that is meant: of a folder, its index document. */
    public String keyOf(String path) {
        return path.isEmpty() || path.endsWith("/") ? path + indexSuffix() : path;
    }

    /** The index document of a folder asked for without its slash. */
    public String indexOf(String path) {
        return path + "/" + indexSuffix();
    }

    private String indexSuffix() {
        return configuration.child("IndexDocument").flatMap(index -> index.textOf("Suffix"))
                .orElse("");
    }

    /** The key of the page shown instead of an error. */
    public Optional<String> errorDocument() {
        return configuration.child("ErrorDocument").flatMap(document -> document.textOf("Key"));
    }
}
