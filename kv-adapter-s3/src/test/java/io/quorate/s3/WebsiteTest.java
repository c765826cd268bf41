package io.quorate.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.aws.identity.Identity;
import io.quorate.aws.identity.Permissions;
import io.quorate.s3.S3Endpoint.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Source of what is expected: S3 user guide, "Hosting a static website using Amazon S3". */
class WebsiteTest {
    private static final Identity OWNER = S3Endpoint.identity("000000000000",
            new Permissions.Admin());
    private static final String RULES = "<RoutingRules>"
            + "<RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition><Redirect>"
            + "<ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith></Redirect></RoutingRule>"
            + "<RoutingRule><Condition><KeyPrefixEquals>app/</KeyPrefixEquals>"
            + "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition><Redirect>"
            + "<HostName>example.com</HostName><Protocol>https</Protocol>"
            + "<HttpRedirectCode>302</HttpRedirectCode>"
            + "<ReplaceKeyWith>app.html</ReplaceKeyWith></Redirect></RoutingRule></RoutingRules>";

    @TempDir
    static Path directory;

    private static S3Endpoint s3;

    @BeforeAll
    static void start() throws Exception {
        s3 = new S3Endpoint(directory).withBucket("site").withBucket("bare").withBucket("moved");
        s3.put("/site/index.html", "home", "Content-Type", "text/html");
        s3.put("/site/docs/index.html", "docs");
        s3.put("/site/sorry.html", "x".repeat(200_000));
        s3.put("/site/a%20b", "spaced");
        s3.call("DELETE", "/site?publicAccessBlock");
        s3.put("/site?policy", "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":["
                + "\"arn:aws:s3:::site\",\"arn:aws:s3:::site/*\"]}}");
        configure("site", "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
                + "<ErrorDocument><Key>sorry.html</Key></ErrorDocument>" + RULES);
        s3.withBucket("unlisted").withBucket("closed");
        s3.put("/unlisted/docs/index.html", "docs");
        s3.put("/unlisted/sorry.html", "sorry");
        s3.call("DELETE", "/unlisted?publicAccessBlock");
        s3.put("/unlisted?policy", "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::unlisted/*\"}}");
        for (String site : new String[]{"unlisted", "closed"}) {
            configure(site, "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
                    + "<ErrorDocument><Key>sorry.html</Key></ErrorDocument>");
        }
        configure("moved", "<RedirectAllRequestsTo><HostName>example.org</HostName>"
                + "</RedirectAllRequestsTo>");
    }

    private static void configure(String bucket, String website) {
        Answer set = s3.put("/" + bucket + "?website",
                "<WebsiteConfiguration>" + website + "</WebsiteConfiguration>");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void readersAreAnonymous() {
        s3.as(Identity.ANONYMOUS);
    }

    private static Answer read(String site, String path, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Host";
        all[1] = site + ".s3-website.localhost:4566";
        return s3.get(path, all);
    }

    @ParameterizedTest
    @CsvSource({"/,home", "/index.html,home", "/docs/,docs", "/a%20b,spaced", "/?x=1,home",
        "/index.html?response-content-type=evil,home"})
    void aPageIsItsObjectAndAFolderItsIndex(String path, String text) {
        Answer answer = read("site", path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"site.s3-website-eu-west-1.localhost", "site.s3-website.localhost:80",
        "site.s3-website.eu-west-1.localhost", "site.s3-website.s3.localhost"})
    void aSiteMayBeCalledByItsRegion(String host) {
        assertThat(s3.get("/", "Host", host).text()).isEqualTo("home");
    }

    @Test
    void aPageHasItsTypeAndConditions() {
        Answer first = read("site", "/");

        assertThat(first.header("Content-Type")).isEqualTo("text/html");
        assertThat(read("site", "/", "If-None-Match", first.header("ETag")).status())
                .isEqualTo(304);
        assertThat(s3.call("HEAD", "/", "Host", "site.s3-website.localhost").header(
                "Content-Length")).isEqualTo("4");
    }

    @Test
    void aFolderIsFoundAlsoByReadersWhoMayNotListTheBucket() {
        Answer folder = read("unlisted", "/docs");
        Answer missing = read("unlisted", "/none");

        assertThat(folder.status()).isEqualTo(302);
        assertThat(folder.header("Location"))
                .isEqualTo("http://unlisted.s3-website.localhost:4566/docs/");
        assertThat(missing.status()).isEqualTo(403);
        assertThat(missing.text()).isEqualTo("sorry");
    }

    @Test
    void readersWhoMayReadNothingGetThePageOfTheServer() {
        Answer answer = read("closed", "/docs");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("AccessDenied");
    }

    @Test
    void aFolderWithoutItsSlashIsSentThere() {
        Answer answer = read("site", "/docs");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location"))
                .isEqualTo("http://site.s3-website.localhost:4566/docs/");
    }

    @Test
    void insteadOfAnErrorTheSitesPageIsShown() {
        Answer answer = read("site", "/none", "If-None-Match", "*", "Range", "bytes=0-1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("x".repeat(200_000));
    }

    @Test
    void rulesSendReadersElsewhere() {
        Answer before = read("site", "/old/page");
        Answer after = read("site", "/app/none");

        assertThat(before.status()).isEqualTo(301);
        assertThat(before.header("Location"))
                .isEqualTo("http://site.s3-website.localhost:4566/new/page");
        assertThat(after.status()).isEqualTo(302);
        assertThat(after.header("Location")).isEqualTo("https://example.com/app.html");
    }

    @Test
    void aSiteMayHaveMoved() {
        Answer answer = read("moved", "/any/path");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).isEqualTo("http://example.org/any/path");
    }

    @Test
    void whatIsNoSiteIsAnErrorInHtml() {
        Answer bare = read("bare", "/");
        Answer none = read("no-such-site", "/");

        assertThat(bare.status()).isEqualTo(404);
        assertThat(bare.text()).contains("<li>Code: NoSuchWebsiteConfiguration</li>");
        assertThat(bare.header("Content-Type")).startsWith("text/html");
        assertThat(none.text()).contains("NoSuchBucket");
    }

    @Test
    void whatIsNotPublicIsForbidden() {
        s3.as(OWNER);
        s3.put("/bare/secret", "x");
        configure("bare", "<IndexDocument><Suffix>i</Suffix></IndexDocument>");
        s3.as(Identity.ANONYMOUS);

        assertThat(read("bare", "/secret").status()).isEqualTo(403);
        assertThat(read("bare", "/none").status()).isEqualTo(403);
        s3.as(OWNER).call("DELETE", "/bare?website");
    }

    @Test
    void aSiteIsOnlyRead() {
        for (String method : new String[]{"PUT", "POST", "DELETE"}) {
            Answer answer = S3Endpoint.wait(s3.send(method, "/index.html",
                    "x".getBytes(StandardCharsets.UTF_8), "Host", "site.s3-website.localhost"));

            assertThat(answer.status()).isEqualTo(405);
        }
        assertThat(read("site", "/").text()).isEqualTo("home");
    }
}
