package io.quorate.aws.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.aws.request.QueryParameters.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
    @Test
    void orderAndRepetitionAreKept() {
        QueryParameters query = QueryParameters.parse("b=1&a=2&b=3&acl&c=");

        assertThat(query).containsExactly(new Parameter("b", "1"), new Parameter("a", "2"),
                new Parameter("b", "3"), new Parameter("acl", ""), new Parameter("c", ""));
        assertThat(query.all("b")).containsExactly("1", "3");
        assertThat(query.first("b")).isEqualTo("1");
        assertThat(query.contains("acl")).isTrue();
        assertThat(query.first("ACL")).isNull();
    }

    @Test
    void escapesAndPlusAreDecodedAsUtf8() {
        QueryParameters query = QueryParameters
                .parse("pre%66ix=a+b%2Bc%3D%26&k=%E2%82%AC%F0%9F%98%80&e=a=b");

        assertThat(query.first("prefix")).isEqualTo("a b+c=&");
        assertThat(query.first("k")).isEqualTo("€😀");
        assertThat(query.first("e")).isEqualTo("a=b");
    }

    @Test
    void emptyPartsAreNoParameters() {
        assertThat(QueryParameters.parse("").isEmpty()).isTrue();
        assertThat(QueryParameters.parse("&&a=1&").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=b", "a=%ff", "a=%c3"})
    void brokenEscapesAndBrokenUtf8AreRefused(String raw) {
        assertThatThrownBy(() -> QueryParameters.parse(raw))
                .isInstanceOf(MalformedRequestException.class);
    }

    @Test
    void numberOfParametersIsBounded() {
        String most = "a&".repeat(QueryParameters.MAX_PARAMETERS);

        assertThat(QueryParameters.parse(most).size()).isEqualTo(QueryParameters.MAX_PARAMETERS);
        assertThatThrownBy(() -> QueryParameters.parse(most + "a"))
                .isInstanceOf(MalformedRequestException.class);
    }
}
