package io.quorate.aws.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final String OBJECT = "arn:aws:s3:::photos/2026/a.jpg";
    private static final Principal ALICE = new Principal("111111111111",
            "arn:aws:iam::111111111111:user/alice", "a".repeat(64));
    private static final Principal BOB = new Principal("222222222222",
            "arn:aws:iam::222222222222:user/bob", "b".repeat(64));

    @Test
    void whatNoStatementIsAboutIsNeitherAllowedNorDenied() throws Exception {
        Policy policy = policy(statement("Allow", "*", "s3:PutObject", OBJECT));

        assertThat(decide(policy, ALICE, Map.of())).isEqualTo(Decision.SILENT);
    }

    @Test
    void aDenialWinsInWhateverOrder() throws Exception {
        String allow = statement("Allow", "*", "s3:*", "arn:aws:s3:::photos/*");
        String deny = statement("Deny", "*", "s3:GetObject", "arn:aws:s3:::photos/2026/*");

        assertThat(decide(policy(allow, deny), ALICE, Map.of())).isEqualTo(Decision.DENIED);
        assertThat(decide(policy(deny, allow), ALICE, Map.of())).isEqualTo(Decision.DENIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "*"                                                  | ALLOWED
            {"AWS":"*"}                                          | ALLOWED
            {"AWS":"arn:aws:iam::111111111111:user/alice"}       | ALLOWED
            {"AWS":["arn:aws:iam::111111111111:root"]}           | ALLOWED_TO_ACCOUNT
            {"AWS":"111111111111"}                               | ALLOWED_TO_ACCOUNT
            {"AWS":"arn:aws:iam::111111111111:user/carol"}       | SILENT
            {"AWS":"222222222222"}                               | SILENT
            {"Service":"s3.amazonaws.com"}                       | SILENT
            """)
    void aStatementIsAboutWhomItNames(String principal, Decision expected) throws Exception {
        Policy policy = Policy.ofResource("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                + principal + ",\"Action\":\"s3:GetObject\",\"Resource\":\"" + OBJECT + "\"}}");

        assertThat(decide(policy, ALICE, Map.of())).isEqualTo(expected);
    }

    @Test
    void anOwnerIdNamesItsOwner() throws Exception {
        Policy policy = policy(statement("Allow", "{\"CanonicalUser\":\"" + "a".repeat(64) + "\"}",
                "s3:GetObject", OBJECT));

        assertThat(decide(policy, ALICE, Map.of())).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, BOB, Map.of())).isEqualTo(Decision.SILENT);
        assertThat(decide(policy, Principal.ANONYMOUS, Map.of())).isEqualTo(Decision.SILENT);
    }

    @Test
    void notPrincipalIsAboutEverybodyElse() throws Exception {
        Policy policy = Policy.ofResource("{\"Statement\":{\"Effect\":\"Deny\",\"NotPrincipal\":"
                + "{\"AWS\":[\"arn:aws:iam::111111111111:user/alice\",\"111111111111\"]},"
                + "\"Action\":\"s3:*\",\"Resource\":\"*\"}}");

        assertThat(decide(policy, ALICE, Map.of())).isEqualTo(Decision.SILENT);
        assertThat(decide(policy, BOB, Map.of())).isEqualTo(Decision.DENIED);
        assertThat(decide(policy, Principal.ANONYMOUS, Map.of())).isEqualTo(Decision.DENIED);
    }

    @Test
    void notActionAndNotResourceAreAboutTheRest() throws Exception {
        Policy policy = Policy.ofResource("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":"
                + "\"*\",\"NotAction\":\"s3:Delete*\",\"NotResource\":\"arn:aws:s3:::photos/x\"}}");

        assertThat(decide(policy, ALICE, Map.of())).isEqualTo(Decision.ALLOWED);
        assertThat(policy.decide(new PolicyRequest(ALICE, "s3:DeleteObject", OBJECT,
                ConditionKeys.NONE))).isEqualTo(Decision.SILENT);
        assertThat(policy.decide(new PolicyRequest(ALICE, "s3:GetObject", "arn:aws:s3:::photos/x",
                ConditionKeys.NONE))).isEqualTo(Decision.SILENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StringEquals                | v            | v                      | true
            StringEquals                | v            | V                      | false
            StringEquals                | v            |                        | false
            StringEquals                | a,b          | b                      | true
            StringNotEquals             | v            | w                      | true
            StringNotEquals             | v            | v                      | false
            StringNotEquals             | v            |                        | true
            StringNotEquals             | a,b          | b                      | false
            StringEqualsIgnoreCase      | v            | V                      | true
            StringNotEqualsIgnoreCase   | v            | V                      | false
            StringLike                  | a*/?         | abc/d                  | true
            StringLike                  | a*/?         | abc/de                 | false
            StringNotLike               | a*           | b                      | true
            stringlike                  | a*           | ab                     | true
            StringEqualsIfExists        | v            |                        | true
            StringEqualsIfExists        | v            | w                      | false
            NumericEquals               | 10           | 10.0                   | true
            NumericNotEquals            | 10           | 10                     | false
            NumericLessThan             | 10           | 9                      | true
            NumericLessThan             | 10           | 10                     | false
            NumericLessThanEquals       | 10           | 10                     | true
            NumericGreaterThan          | 10           | 11                     | true
            NumericGreaterThanEquals    | 10           | 9                      | false
            NumericEquals               | 10           | ten                    | false
            DateEquals                  | 2026-01-01   | 2026-01-01T00:00:00Z   | true
            DateLessThan                | 2026-01-01T00:00:00Z | 2025-12-31T23:59:59Z | true
            DateGreaterThan             | 1767225600   | 2026-01-01T00:00:01Z   | true
            DateGreaterThanEquals       | 2026-01-01T01:00:00+01:00 | 1767225600 | true
            DateLessThanEquals          | 2026-01-01T00:00:00Z | 2026-01-01T00:00:01Z | false
            DateNotEquals               | 2026-01-01T00:00:00Z | 2026-01-01T00:00:01Z | true
            Bool                        | true         | true                   | true
            Bool                        | false        | true                   | false
            Bool                        | false        |                        | false
            BoolIfExists                | true         |                        | true
            IpAddress                   | 203.0.113.0/24 | 203.0.113.77         | true
            IpAddress                   | 203.0.113.0/24 | 203.0.114.1          | false
            IpAddress                   | 203.0.113.7  | 203.0.113.7            | true
            IpAddress                   | 2001:db8::/32 | 2001:db8:1::1         | true
            IpAddress                   | 2001:db8::/32 | 203.0.113.1           | false
            NotIpAddress                | 10.0.0.0/8   | 10.1.2.3               | false
            NotIpAddress                | 10.0.0.0/8   | 11.1.2.3               | true
            ArnEquals                   | arn:aws:iam::1:user/* | arn:aws:iam::1:user/x | true
            ArnLike                     | arn:aws:*:x  | arn:aws:iam::1:x       | false
            ArnNotLike                  | arn:aws:iam::1:user/* | arn:aws:iam::1:user/x | false
            ArnNotEquals                | arn:aws:iam::1:user/* | arn:aws:iam::2:user/x | true
            BinaryEquals                | QUJD         | QUJD                   | true
            Null                        | true         |                        | true
            Null                        | true         | v                      | false
            Null                        | false        | v                      | true
            Null                        | false        |                        | false
            """)
    void aConditionComparesOneValue(String operator, String expected, String asked, boolean holds)
            throws Exception {
        assertThat(holds(operator, expected, asked == null ? List.of() : List.of(asked)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ForAnyValue:StringEquals    | a,b | b,c | true
            ForAnyValue:StringEquals    | a,b | c,d | false
            ForAnyValue:StringEquals    | a,b |     | false
            ForAnyValue:StringNotEquals | a,b | b,c | true
            ForAnyValue:StringNotEquals | a,b | a,b | false
            ForAllValues:StringEquals   | a,b | a,b | true
            ForAllValues:StringEquals   | a,b | a,c | false
            ForAllValues:StringEquals   | a,b |     | true
            ForAllValues:StringNotEquals | a,b | c,d | true
            ForAllValues:StringNotEquals | a,b | a,c | false
            ForAllValues:StringLike     | x*  | x1,x2 | true
            """)
    void aQuantifierCountsValues(String operator, String expected, String asked, boolean holds)
            throws Exception {
        assertThat(holds(operator, expected,
                asked == null ? List.of() : List.of(asked.split(",", -1)))).isEqualTo(holds);
    }

    @Test
    void allConditionsMustHold() throws Exception {
        Policy policy = withCondition(
                "{\"StringEquals\":{\"a\":\"1\",\"b\":\"2\"},\"Bool\":{\"c\":true}}");

        assertThat(decide(policy, ALICE, Map.of("a", List.of("1"), "b", List.of("2"), "c",
                List.of("true")))).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, ALICE, Map.of("a", List.of("1"), "b", List.of("3"), "c",
                List.of("true")))).isEqualTo(Decision.SILENT);
        assertThat(decide(policy, ALICE, Map.of("a", List.of("1"), "b", List.of("2"), "c",
                List.of("false")))).isEqualTo(Decision.SILENT);
    }

    @Test
    void keysOfConditionsHaveNoCase() throws Exception {
        Policy policy = withCondition("{\"StringEquals\":{\"AWS:UserName\":\"alice\"}}");

        assertThat(decide(policy, ALICE, Map.of("aws:username", List.of("alice"))))
                .isEqualTo(Decision.ALLOWED);
    }

    @Test
    void variablesAreFilledInAndTheirStarsAreNoWildcards() throws Exception {
        Policy policy = policy(statement("Allow", "*", "s3:GetObject",
                "arn:aws:s3:::photos/${aws:username}/*"));

        assertThat(decideOn(policy, "arn:aws:s3:::photos/alice/a", "alice"))
                .isEqualTo(Decision.ALLOWED);
        assertThat(decideOn(policy, "arn:aws:s3:::photos/bob/a", "alice"))
                .isEqualTo(Decision.SILENT);
        assertThat(decideOn(policy, "arn:aws:s3:::photos/bob/a", "*"))
                .isEqualTo(Decision.SILENT);
    }

    @Test
    void aVariableWithoutValueMatchesNothingUnlessItHasADefault() throws Exception {
        Policy none = policy(statement("Allow", "*", "s3:GetObject",
                "arn:aws:s3:::photos/${aws:username}/*"));
        Policy byDefault = policy(statement("Allow", "*", "s3:GetObject",
                "arn:aws:s3:::photos/${aws:username, '2026'}/*"));

        assertThat(decide(none, ALICE, Map.of())).isEqualTo(Decision.SILENT);
        assertThat(decide(byDefault, ALICE, Map.of())).isEqualTo(Decision.ALLOWED);
    }

    @Test
    void theOldVersionHasNoVariables() throws Exception {
        Policy policy = Policy.ofResource("{\"Version\":\"2008-10-17\",\"Statement\":["
                + statement("Allow", "*", "s3:GetObject", "arn:aws:s3:::b/${aws:username}") + "]}");

        assertThat(decideOn(policy, "arn:aws:s3:::b/alice", "alice")).isEqualTo(Decision.SILENT);
        assertThat(decideOn(policy, "arn:aws:s3:::b/${aws:username}", "alice"))
                .isEqualTo(Decision.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "x", "{\"Statement\":[]}", "{\"Statement\":[{}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\"}]}",
        "{\"Statement\":[{\"Effect\":\"allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"me\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::1:user/*\"},\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"GetObject\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[],\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"NotAction\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"photos\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"StringMatches\":{\"a\":\"b\"}}}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"ForSomeValues:StringEquals\":{\"a\":\"b\"}}}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"NullIfExists\":{\"a\":\"true\"}}}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/33\"}}}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Condition\":{\"NumericLessThan\":{\"a\":\"ten\"}}}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\",\"Sid\":{}}]}",
        "{\"Version\":\"2020-01-01\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}],\"More\":1}",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]} x"})
    void whatIsNoPolicyIsRefused(String document) {
        assertThatThrownBy(() -> Policy.ofResource(document)).isInstanceOf(PolicyException.class);
    }

    @Test
    void aDocumentThatIsTooLongIsRefused() {
        String document = "{\"Statement\":[" + statement("Allow", "*", "s3:*", "*") + "]}"
                + " ".repeat(Policy.MAX_LENGTH);

        assertThatThrownBy(() -> Policy.ofResource(document)).isInstanceOf(PolicyException.class);
    }

    @Test
    void aCallersPolicyNamesNobody() throws Exception {
        String document = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                + "\"Resource\":\"*\"}}";

        assertThat(decide(Policy.ofCaller(document), ALICE, Map.of())).isEqualTo(Decision.ALLOWED);
        assertThatThrownBy(() -> Policy.ofCaller(
                "{\"Statement\":[" + statement("Allow", "*", "s3:*", "*") + "]}"))
                .isInstanceOf(PolicyException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | true
            {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}             | false
            {"StringLike":{"aws:PrincipalArn":"arn:*"}}               | true
            {"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1"}}     | true
            {"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}          | true
            {"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}           | false
            {"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}                | true
            {"IpAddress":{"aws:SourceIp":["10.0.0.0/8","0.0.0.0/1"]}} | true
            {"StringEquals":{"aws:UserAgent":"me"}}                   | true
            """)
    void aPolicyForEverybodyIsPublicUnlessItIsTied(String condition, boolean isPublic)
            throws Exception {
        assertThat(withCondition(condition).isPublic()).isEqualTo(isPublic);
    }

    @Test
    void aPolicyForOneAccountIsNotPublic() throws Exception {
        assertThat(policy(statement("Allow", "{\"AWS\":\"222222222222\"}", "s3:*", "*"))
                .isPublic()).isFalse();
        assertThat(policy(statement("Deny", "*", "s3:*", "*")).isPublic()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"ALLOWED,SILENT,true,true", "SILENT,ALLOWED,true,true",
        "SILENT,ALLOWED_TO_ACCOUNT,true,false", "ALLOWED,DENIED,true,false",
        "DENIED,ALLOWED,true,false", "SILENT,SILENT,true,false", "ALLOWED,SILENT,false,false",
        "SILENT,ALLOWED,false,false", "ALLOWED,ALLOWED,false,true",
        "ALLOWED,ALLOWED_TO_ACCOUNT,false,true", "ALLOWED,DENIED,false,false"})
    void acrossAccountsBothMustAllow(Decision caller, Decision resource, boolean sameAccount,
            boolean granted) {
        assertThat(Access.isGranted(caller, resource, sameAccount, false)).isEqualTo(granted);
    }

    @ParameterizedTest
    @CsvSource({"ALLOWED,true", "ALLOWED_TO_ACCOUNT,false", "SILENT,false", "DENIED,false"})
    void anAnonymousCallerNeedsTheResourcesConsent(Decision resource, boolean granted) {
        assertThat(Access.isGranted(Decision.SILENT, resource, false, true)).isEqualTo(granted);
    }

    private static boolean holds(String operator, String expected, List<String> asked)
            throws Exception {
        String values = "[\"" + String.join("\",\"", expected.split(",", -1)) + "\"]";
        Policy policy = withCondition("{\"" + operator + "\":{\"k\":" + values + "}}");
        return decide(policy, ALICE,
                asked.isEmpty() ? Map.of() : Map.of("k", asked)) == Decision.ALLOWED;
    }

    private static Policy withCondition(String condition) throws PolicyException {
        return Policy.ofResource("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                + "\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":"
                + condition + "}}");
    }

    private static Policy policy(String... statements) throws PolicyException {
        return Policy.ofResource("{\"Version\":\"2012-10-17\",\"Statement\":["
                + String.join(",", statements) + "]}");
    }

    private static String statement(String effect, String principal, String action,
            String resource) {
        String who = principal.startsWith("{") ? principal : "\"" + principal + "\"";
        return "{\"Effect\":\"" + effect + "\",\"Principal\":" + who + ",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static Decision decide(Policy policy, Principal who, Map<String, List<String>> keys) {
        return policy.decide(new PolicyRequest(who, "s3:GetObject", OBJECT,
                key -> keys.getOrDefault(key, List.of())));
    }

    private static Decision decideOn(Policy policy, String resource, String user) {
        return policy.decide(new PolicyRequest(ALICE, "s3:GetObject", resource,
                key -> key.equals("aws:username") ? List.of(user) : List.of()));
    }
}
