package io.quorate.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.dynamodb.Endpoint.Answer;
import org.junit.jupiter.api.Test;

class PutAndGetTest {
    private final InMemoryStore store = new InMemoryStore();
    private final Endpoint endpoint = new Endpoint(store, store).withHashTable("things");

    @Test
    void anItemOfAllTypesComesBack() {
        String item = """
                {"a":{"S":"k"},"n":{"N":"-56.789"},"b":{"B":"Yg=="},"t":{"BOOL":true},\
                "f":{"BOOL":false},"z":{"NULL":true},"ss":{"SS":["x","y"]},"ns":{"NS":["-1","2"]},\
                "bs":{"BS":["AA==","Yg=="]},"l":{"L":[{"S":""},{"N":"1"},{"L":[]},{"M":{}}]},\
                "m":{"M":{"deep":{"M":{"\u00e9\ud83d\ude00\\"":{"S":"\u00e9\ud83d\ude00\\"\\n"}}}}},\
                "e":{"B":""}}""";

        assertThat(put(item)).isEqualTo(Answer.ok("{}"));

        assertThat(get("k")).isEqualTo(Answer.ok("{\"Item\":" + item + "}"));
    }

    @Test
    void aMissingItemIsAnEmptyAnswer() {
        assertThat(get("nothing")).isEqualTo(Answer.ok("{}"));
    }

    @Test
    void aPutReplacesTheWholeItem() {
        put("{\"a\":{\"S\":\"k\"},\"x\":{\"N\":\"1\"}}");
        put("{\"a\":{\"S\":\"k\"},\"y\":{\"N\":\"2\"}}");

        assertThat(get("k"))
                .isEqualTo(Answer.ok("{\"Item\":{\"a\":{\"S\":\"k\"},\"y\":{\"N\":\"2\"}}}"));
    }

    private Answer put(String item) {
        return endpoint.call("PutItem", "{\"TableName\":\"things\",\"Item\":" + item + "}");
    }

    private Answer get(String key) {
        return endpoint.call("GetItem",
                "{\"TableName\":\"things\",\"Key\":{\"a\":{\"S\":\"" + key + "\"}}}");
    }
}
