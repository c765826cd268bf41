package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.ForwardingExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.SettingKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A form upload as PutObject's decoder reads requests: its fields are the headers. */
final class FormExchange extends ForwardingExchange {
    private static final Set<String> HEADERS = Set.of("content-type", "cache-control",
            "content-disposition", "content-encoding", "content-language", "expires");
    private static final Set<String> SIGNATURE = Set.of("x-amz-algorithm", "x-amz-credential",
            "x-amz-date", "x-amz-signature", "x-amz-security-token");
    private static final Set<String> OF_FORM = Set.of("key", "policy", "success_action_status",
            "success_action_redirect", "redirect", "bucket", "submit", "file");

    private final AwsRequestHead head;
    private final long maxLength;

    /** @param maxLength the file is at most so long */
    FormExchange(AwsExchange exchange, Map<String, String> fields, long maxLength) {
        super(exchange);
        this.maxLength = maxLength;
        AwsRequestHead sent = exchange.head();
        this.head = new AwsRequestHead(sent.method(), sent.rawPath(), sent.rawQuery(),
                AwsHeaders.of(headers(fields)));
    }

    private static Map<String, List<String>> headers(Map<String, String> fields) {
        Map<String, List<String>> headers = new HashMap<>();
        fields.forEach((name, value) -> {
            if (HEADERS.contains(name)
                    || (name.startsWith("x-amz-") && !SIGNATURE.contains(name))) {
                headers.put(name, List.of(asHeader(value)));
            } else if (name.equals("acl")) {
                headers.put("x-amz-acl", List.of(asHeader(value)));
            } else if (name.equals("tagging")) {
                headers.put("x-amz-tagging", List.of(tags(value)));
            } else if (name.equals("awsaccesskeyid") || name.equals("signature")) {
                throw new S3Exception(S3Error.INVALID_REQUEST,
                        "The authorization mechanism you have provided is not supported. Please"
                                + " use AWS4-HMAC-SHA256.");
            } else if (!OF_FORM.contains(name) && !SIGNATURE.contains(name)
                    && name.startsWith("x-amz")) {
                throw S3Exception.notImplemented(name);
            }
        });
        return headers;
    }

    /** HTTP headers come as ISO 8859-1: a char is a byte of whatever the client meant. */
    private static String asHeader(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String tags(String document) {
        Element tagging = XmlTree.parse(document.getBytes(StandardCharsets.UTF_8));
        SettingKind.TAGGING.check(tagging);
        return tagging.child("TagSet").orElseThrow().children("Tag").stream()
                .map(tag -> encoded(tag.textOf("Key").orElse("")) + "="
                        + encoded(tag.textOf("Value").orElse("")))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public AwsRequestHead head() {
        return head;
    }

    @Override
    public long payloadLength() {
        return maxLength;
    }
}
