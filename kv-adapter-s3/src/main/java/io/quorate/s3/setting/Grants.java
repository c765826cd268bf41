package io.quorate.s3.setting;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Access control lists: who is granted what. Source: S3 user guide, "Access control list (ACL)
 * overview".
 */
public final class Grants {
    /** Everybody, signed or not. */
    public static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    /** Everybody who signs. */
    public static final String AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private static final String LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";
    private static final Set<String> GROUPS = Set.of(ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY);
    private static final String FULL_CONTROL = "FULL_CONTROL";

    private Grants() {}

    static void check(Element acl) {
        for (Element grant : grants(acl)) {
            Element grantee = grant.child("Grantee").orElseThrow();
            switch (grantee.textOf("@type").orElse("")) {
                case "CanonicalUser" -> require(grantee.textOf("ID"));
                case "Group" -> {
                    require(grantee.textOf("URI"));
                    if (!GROUPS.contains(grantee.textOf("URI").orElse(""))) {
                        throw new S3Exception(S3Error.INVALID_ARGUMENT, "Invalid group uri");
                    }
                }
                default -> throw S3Exception.notImplemented("EmailAddress");
            }
        }
    }

    private static void require(Optional<String> field) {
        if (field.filter(text -> !text.isEmpty()).isEmpty()) {
            throw new S3Exception(S3Error.MALFORMED_ACL);
        }
    }

    private static List<Element> grants(Element acl) {
        return acl.child("AccessControlList").map(list -> list.children("Grant"))
                .orElse(List.of());
    }

    /** The list under which the owner alone may do anything. */
    public static Element ofOwner(String owner) {
        return acl(owner, List.of(grant(user(owner), FULL_CONTROL)));
    }

    /** The list of a bucket that a word stands for; empty if there is no such word. */
    public static Optional<Element> canned(String word, String owner) {
        Element mine = grant(user(owner), FULL_CONTROL);
        return switch (word) {
            case "private" -> Optional.of(acl(owner, List.of(mine)));
            case "public-read" -> Optional.of(acl(owner,
                    List.of(mine, grant(group(ALL_USERS), "READ"))));
            case "public-read-write" -> Optional.of(acl(owner, List.of(mine,
                    grant(group(ALL_USERS), "READ"), grant(group(ALL_USERS), "WRITE"))));
            case "authenticated-read" -> Optional.of(acl(owner,
                    List.of(mine, grant(group(AUTHENTICATED_USERS), "READ"))));
            case "log-delivery-write" -> Optional.of(acl(owner, List.of(mine,
                    grant(group(LOG_DELIVERY), "WRITE"), grant(group(LOG_DELIVERY), "READ_ACP"))));
            default -> Optional.empty();
        };
    }

    /** A list of these grants. */
    public static Element acl(String owner, List<Element> grants) {
        return Element.of("AccessControlPolicy",
                Element.of("Owner", Element.text("ID", owner), Element.text("DisplayName", owner)),
                Element.of("AccessControlList", grants));
    }

    /** One grant. */
    public static Element grant(Element grantee, String permission) {
        return Element.of("Grant", grantee, Element.text("Permission", permission));
    }

    /** An owner. */
    public static Element user(String id) {
        return Element.of("Grantee", Element.text("@type", "CanonicalUser"),
                Element.text("ID", id), Element.text("DisplayName", id));
    }

    /** A group. */
    public static Element group(String uri) {
        return Element.of("Grantee", Element.text("@type", "Group"), Element.text("URI", uri));
    }

    /** The list with its owner named, whatever the client wrote. */
    public static Element owned(Element acl, String owner) {
        return acl(owner, grants(acl));
    }

    /** Whether it opens something to everybody, or to everybody who signs. */
    public static boolean isPublic(Element acl) {
        return grants(acl).stream().anyMatch(Grants::isPublicGrant);
    }

    private static boolean isPublicGrant(Element grant) {
        return grant.child("Grantee").flatMap(grantee -> grantee.textOf("URI"))
                .filter(uri -> uri.equals(ALL_USERS) || uri.equals(AUTHENTICATED_USERS))
                .isPresent();
    }

    /** The list without what it opens to everybody. */
    public static Element withoutPublic(Element acl) {
        List<Element> kept = new ArrayList<>(grants(acl));
        kept.removeIf(Grants::isPublicGrant);
        return acl(acl.child("Owner").flatMap(owner -> owner.textOf("ID")).orElse(""), kept);
    }

    /**
     * Whether a caller is granted a permission.
     *
     * @param ids under which the caller is known; empty for an anonymous one
     */
    public static boolean allow(Element acl, String permission, List<String> ids) {
        return grants(acl).stream().anyMatch(grant -> {
            String granted = grant.textOf("Permission").orElse("");
            return (granted.equals(permission) || granted.equals(FULL_CONTROL))
                    && isFor(grant.child("Grantee").orElseThrow(), ids);
        });
    }

    private static boolean isFor(Element grantee, List<String> ids) {
        Optional<String> uri = grantee.textOf("URI");
        if (uri.isPresent()) {
            return uri.get().equals(ALL_USERS)
                    || (uri.get().equals(AUTHENTICATED_USERS) && !ids.isEmpty());
        }
        return grantee.textOf("ID").filter(ids::contains).isPresent();
    }
}
