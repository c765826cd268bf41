package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListObjectsTest {
    private static final List<String> KEYS = List.of("a/1", "a/2", "a/b/3", "b", "c/1", "c0", "d");

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("keys").withBucket("empty");
        KEYS.forEach(key -> assertThat(s3.put("/keys/" + key, key).status()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @AfterEach
    void backToTheOwner() {
        s3.as(S3Endpoint.identity("000000000000", new Permissions.Admin()));
    }

    @Test
    void allKeysAreListedInOrder() {
        Answer answer = s3.get("/keys?list-type=2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(all(answer, "Key")).isEqualTo(KEYS);
        assertThat(one(answer, "KeyCount")).isEqualTo("7");
        assertThat(one(answer, "IsTruncated")).isEqualTo("false");
        assertThat(answer.text()).contains("<Size>3</Size>", "<StorageClass>STANDARD<")
                .doesNotContain("<Owner>");
    }

    @Test
    void keysAreRolledUpAtTheDelimiter() {
        Answer answer = s3.get("/keys?list-type=2&delimiter=/");

        assertThat(all(answer, "Key")).containsExactly("b", "c0", "d");
        assertThat(prefixes(answer)).containsExactly("a/", "c/");
        assertThat(one(answer, "KeyCount")).isEqualTo("5");
    }

    @Test
    void keysAreRolledUpBelowThePrefix() {
        Answer answer = s3.get("/keys?list-type=2&delimiter=/&prefix=a/");

        assertThat(all(answer, "Key")).containsExactly("a/1", "a/2");
        assertThat(prefixes(answer)).containsExactly("a/b/");
    }

    @ParameterizedTest
    @CsvSource({"1,''", "2,''", "3,''", "7,''", "1,/", "2,/", "3,/", "4,/"})
    void pagesAddUpToTheWholeWhateverTheirSize(int size, String delimiter) {
        String path = "/keys?list-type=2&max-keys=" + size + "&delimiter=" + delimiter;
        List<String> whole = parts(s3.get("/keys?list-type=2&delimiter=" + delimiter));

        List<String> paged = new ArrayList<>();
        String token = "";
        do {
            Answer page = s3.get(path + token);
            assertThat(parts(page)).hasSizeLessThanOrEqualTo(size);
            paged.addAll(parts(page));
            token = page.text().contains("<NextContinuationToken>")
                    ? "&continuation-token=" + one(page, "NextContinuationToken")
                    : "";
        } while (!token.isEmpty());

        assertThat(new TreeSet<>(paged)).hasSameSizeAs(paged).isEqualTo(new TreeSet<>(whole));
    }

    @Test
    void olderFormGoesOnAtItsMarker() {
        Answer first = s3.get("/keys?delimiter=/&max-keys=1");

        assertThat(prefixes(first)).containsExactly("a/");
        assertThat(one(first, "NextMarker")).isEqualTo("a/");
        assertThat(all(s3.get("/keys?delimiter=/&max-keys=1&marker=a/"), "Key"))
                .containsExactly("b");
        assertThat(all(s3.get("/keys?marker=c/1"), "Key")).containsExactly("c0", "d");
        assertThat(s3.get("/keys").text()).contains("<Owner><ID>000000000000</ID>");
    }

    @Test
    void startAfterIsNoKeyThatMustExist() {
        assertThat(all(s3.get("/keys?list-type=2&start-after=b5"), "Key"))
                .containsExactly("c/1", "c0", "d");
    }

    @Test
    void noKeysMayBeAskedFor() {
        Answer answer = s3.get("/keys?list-type=2&max-keys=0");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(parts(answer)).isEmpty();
        assertThat(one(answer, "IsTruncated")).isEqualTo("false");
    }

    @Test
    void emptyBucketHasNoKeys() {
        assertThat(parts(s3.get("/empty?list-type=2"))).isEmpty();
    }

    @Test
    void keysAreEncodedIfAsked() {
        s3.withBucket("odd");
        s3.put("/odd/x%20y%0A%2B/z", "odd");

        assertThat(all(s3.get("/odd?list-type=2&encoding-type=url"), "Key"))
                .containsExactly("x%20y%0A%2B/z");
    }

    @ParameterizedTest
    @CsvSource({"list-type=2&max-keys=-1,InvalidArgument", "list-type=2&max-keys=x,InvalidArgument",
        "list-type=3,InvalidArgument", "list-type=2&continuation-token=x,InvalidArgument",
        "list-type=2&encoding-type=base64,InvalidArgument", "versions,NotImplemented"})
    void whatIsNotUnderstoodIsRefused(String query, String code) {
        assertThat(s3.get("/keys?" + query).code()).isEqualTo(code);
    }

    @Test
    void bucketsThatAreNotThereOrAnothersAreNotListed() {
        assertThat(s3.get("/absent?list-type=2").code()).isEqualTo("NoSuchBucket");
        s3.as(S3Endpoint.identity("111111111111", new Permissions.Admin()));
        assertThat(s3.get("/keys?list-type=2").code()).isEqualTo("AccessDenied");
    }

    private static List<String> parts(Answer answer) {
        List<String> parts = new ArrayList<>(all(answer, "Key"));
        parts.addAll(prefixes(answer));
        return parts;
    }

    private static List<String> prefixes(Answer answer) {
        return matches(answer, "<CommonPrefixes><Prefix>(.*?)</Prefix>");
    }

    private static String one(Answer answer, String element) {
        return all(answer, element).getFirst();
    }

    private static List<String> all(Answer answer, String element) {
        return matches(answer, "<" + element + ">(.*?)</" + element + ">");
    }

    private static List<String> matches(Answer answer, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(answer.text());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
