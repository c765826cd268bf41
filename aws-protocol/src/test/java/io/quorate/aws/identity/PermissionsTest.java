package io.quorate.aws.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions.AllowRule;
import io.quorate.aws.identity.Permissions.Allowed;
import io.quorate.aws.policy.Wildcards;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PermissionsTest {
    private static final String OBJECT = "arn:aws:s3:::photos/2026/a.jpg";

    @Test
    void nothingIsAllowedWithoutARule() {
        assertThat(new Allowed(List.of()).allows("s3:GetObject", OBJECT)).isFalse();
        assertThat(Identity.ANONYMOUS.permissions().allows("s3:GetObject", OBJECT)).isFalse();
    }

    @Test
    void adminMayDoEverything() {
        assertThat(new Permissions.Admin().allows("s3:DeleteBucket", "arn:aws:s3:::b")).isTrue();
    }

    @Test
    void ruleMustMatchActionAndResource() {
        Permissions permissions = rule("s3:Get*", "arn:aws:s3:::photos/*");

        assertThat(permissions.allows("s3:GetObject", OBJECT)).isTrue();
        assertThat(permissions.allows("s3:PutObject", OBJECT)).isFalse();
        assertThat(permissions.allows("s3:GetObject", "arn:aws:s3:::photos")).isFalse();
        assertThat(permissions.allows("s3:GetObject", "arn:aws:s3:::photos2/x")).isFalse();
    }

    @Test
    void actionsAreComparedWithoutCaseAndResourcesWith() {
        Permissions permissions = rule("S3:getobject", "arn:aws:s3:::photos/*");

        assertThat(permissions.allows("s3:GetObject", OBJECT)).isTrue();
        assertThat(permissions.allows("s3:GetObject", OBJECT.replace("photos", "Photos")))
                .isFalse();
    }

    @Test
    void wildcardsMatchAsInIam() {
        assertThat(Wildcards.matches("*", "", false)).isTrue();
        assertThat(Wildcards.matches("a?c", "abc", false)).isTrue();
        assertThat(Wildcards.matches("a?c", "ac", false)).isFalse();
        assertThat(Wildcards.matches("a*b*c", "aXbYbZc", false)).isTrue();
        assertThat(Wildcards.matches("a*b*c", "aXbYbZ", false)).isFalse();
        assertThat(Wildcards.matches("", "a", false)).isFalse();
    }

    @Test
    @Timeout(5)
    void patternCannotMakeTheMatchExplode() {
        assertThat(Wildcards.matches("*a".repeat(30) + "b", "a".repeat(5000), false)).isFalse();
    }

    private static Permissions rule(String action, String resource) {
        return new Allowed(List.of(new AllowRule(List.of(action), List.of(resource))));
    }
}
