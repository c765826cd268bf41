package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import io.quorate.s3.setting.Grants;
import io.quorate.s3.setting.SettingKind;
import io.quorate.s3.setting.SettingRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads access control lists: a word, headers, or a document. Source: PutBucketAcl. */
final class AclDecoder {
    static final String WORD = "x-amz-acl";
    private static final Map<String, String> GRANT_HEADERS = Map.of("x-amz-grant-full-control",
            "FULL_CONTROL", "x-amz-grant-read", "READ", "x-amz-grant-write", "WRITE",
            "x-amz-grant-read-acp", "READ_ACP", "x-amz-grant-write-acp", "WRITE_ACP");
    private static final Pattern GRANTEE = Pattern
            .compile("(id|uri|emailAddress)=(?:\"([^\"]*)\"|([^\",]*))");

    private AclDecoder() {}

    static Element decode(AwsExchange exchange, byte[] body, String owner) {
        AwsHeaders headers = exchange.head().headers();
        String word = headers.first(WORD);
        List<Element> grants = grants(headers);
        if ((word != null && !grants.isEmpty())
                || (body.length > 0 && (word != null || !grants.isEmpty()))) {
            throw new S3Exception(word != null && !grants.isEmpty()
                    ? S3Error.INVALID_REQUEST
                    : S3Error.MALFORMED_ACL);
        }
        if (word != null) {
            return ofWord(word, owner);
        }
        if (!grants.isEmpty()) {
            return Grants.acl(owner, grants);
        }
        if (body.length == 0) {
            throw new S3Exception(S3Error.MALFORMED_ACL);
        }
        return ofDocument(body, owner);
    }

    /** What CreateBucket's headers set: who owns objects, and the bucket's list. */
    static Map<SettingKind, Element> ofNewBucket(AwsHeaders headers, String owner) {
        Map<SettingKind, Element> settings = new EnumMap<>(SettingKind.class);
        String ownership = headers.first("x-amz-object-ownership");
        if (ownership != null) {
            Element controls = SettingRules.ownership(ownership);
            SettingKind.OWNERSHIP.check(controls);
            settings.put(SettingKind.OWNERSHIP, controls);
        }
        String word = headers.first(WORD);
        List<Element> grants = grants(headers);
        if (word != null && !grants.isEmpty()) {
            throw new S3Exception(S3Error.INVALID_REQUEST);
        }
        if (word != null && !word.equals("private")) {
            settings.put(SettingKind.ACL, ofWord(word, owner));
        } else if (!grants.isEmpty()) {
            Element acl = Grants.acl(owner, grants);
            SettingKind.ACL.check(acl);
            settings.put(SettingKind.ACL, acl);
        }
        return settings;
    }

    /** The list that a word stands for. */
    static Element ofWord(String word, String owner) {
        String meant = word.equals("bucket-owner-full-control") ? "private" : word;
        return Grants.canned(meant, owner)
                .orElseThrow(() -> S3Exception.invalidArgument("", WORD, word));
    }

    private static Element ofDocument(byte[] body, String owner) {
        Element document;
        try {
            document = XmlTree.parse(body);
            SettingKind.ACL.check(document);
        } catch (S3Exception refused) {
            throw refused.error() == S3Error.MALFORMED_XML
                    ? new S3Exception(S3Error.MALFORMED_ACL)
                    : refused;
        }
        boolean foreign = document.child("Owner").flatMap(named -> named.textOf("ID"))
                .filter(id -> !id.equals(owner)).isPresent();
        if (foreign) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        return Grants.owned(document, owner);
    }

    private static List<Element> grants(AwsHeaders headers) {
        List<Element> grants = new ArrayList<>();
        GRANT_HEADERS.forEach((header, permission) -> {
            for (String value : headers.all(header)) {
                grantees(header, value)
                        .forEach(grantee -> grants.add(Grants.grant(grantee, permission)));
            }
        });
        return grants;
    }

    private static List<Element> grantees(String header, String value) {
        List<Element> grantees = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            Matcher matcher = GRANTEE.matcher(part.strip());
            if (!matcher.matches()) {
                throw S3Exception.invalidArgument("Argument format not recognized", header, value);
            }
            String name = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            grantees.add(switch (matcher.group(1)) {
                case "id" -> Grants.user(name);
                case "uri" -> Grants.group(name);
                default -> throw S3Exception.notImplemented("emailAddress");
            });
        }
        return grantees;
    }
}
