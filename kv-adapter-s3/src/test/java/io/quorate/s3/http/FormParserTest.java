package io.quorate.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormParserTest {
    private static final String TYPE = "multipart/form-data; boundary=----x";
    private static final String FORM = String.join("\r\n", "------x",
            "Content-Disposition: form-data; name=\"Key\"", "", "a/${filename}", "------x",
            "Content-Disposition: form-data; name=\"empty\"", "", "", "------x",
            "content-type: text/plain",
            "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\dir\\näme.txt\"", "",
            "first", "------y", "--", "last", "------x",
            "Content-Disposition: form-data; name=\"submit\"", "", "Upload", "------x--", "");

    /** What was found, in pieces of one size. */
    private record Outcome(Map<String, String> fields, String fileName, String file) {}

    private static Outcome parse(String type, String form, int pieceBytes) {
        byte[] all = form.getBytes(StandardCharsets.UTF_8);
        FormParser parser = new FormParser(type);
        List<FormParser.Found.Fields> fields = new ArrayList<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int at = 0; at < all.length; at += pieceBytes) {
            for (FormParser.Found found : parser
                    .next(Arrays.copyOfRange(all, at, Math.min(all.length, at + pieceBytes)))) {
                switch (found) {
                    case FormParser.Found.Fields one -> fields.add(one);
                    case FormParser.Found.Bytes bytes -> file.writeBytes(bytes.bytes());
                }
            }
        }
        parser.end();
        assertThat(fields).hasSize(1);
        return new Outcome(fields.getFirst().values(), fields.getFirst().fileName(),
                file.toString(StandardCharsets.UTF_8));
    }

    @Test
    void inWhateverPiecesItComesTheFormIsTheSame() {
        for (int piece = 1; piece <= FORM.length() + 2; piece++) {
            Outcome outcome = parse(TYPE, FORM, piece);

            assertThat(outcome.fields()).as("pieces of %s", piece)
                    .isEqualTo(Map.of("key", "a/${filename}", "empty", ""));
            assertThat(outcome.fileName()).isEqualTo("näme.txt");
            assertThat(outcome.file()).isEqualTo("first\r\n------y\r\n--\r\nlast");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=\"a b\"",
        "Multipart/Form-Data; charset=utf-8; boundary=\"a b\""})
    void aBoundaryMayBeQuoted(String type) {
        assertThat(parse(type, "--a b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx"
                + "\r\n--a b--", 7).file()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=",
        "text/plain; boundary=x"})
    void aFormNeedsABoundary(String type) {
        assertThatThrownBy(() -> new FormParser(type)).isInstanceOf(S3Exception.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing of the kind                                       | MALFORMED_POST
            ------x--                                                 | INCORRECT_FILES
            ------x\\nContent-Disposition: form-data; name="key"\\n\\na\\n------x-- | INCORRECT_FILES
            ------x\\nContent-Disposition: form-data; name="key"\\n\\na | INCORRECT_FILES
            ------x\\nContent-Disposition: form-data; name="file"\\n\\nnever ends | MALFORMED_POST
            ------x\\nContent-Type: text/plain\\n\\na\\n------x--     | MALFORMED_POST
            ------x\\nContent-Disposition: form-data; name="a"\\n\\n1\\n------x\\nContent-Disposition: form-data; name="A"\\n\\n2\\n------x-- | MALFORMED_POST
            """)
    void whatIsNoFormIsRefused(String form, S3Error error) {
        assertThatThrownBy(() -> parse(TYPE, form.replace("\\n", "\r\n"), 5))
                .isInstanceOfSatisfying(S3Exception.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    @Test
    void fieldsBeforeTheFileAreBounded() {
        String form = "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
                + "a".repeat(FormParser.MAX_FIELDS_BYTES);

        assertThatThrownBy(() -> parse(TYPE, form, 1_000))
                .isInstanceOfSatisfying(S3Exception.class, refused -> assertThat(refused.error())
                        .isEqualTo(S3Error.MAX_POST_PRE_DATA));
    }
}
