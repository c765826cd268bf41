package io.quorate.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {
    private final ReplyReader reader = new ReplyReader();

    @Test
    void anAnswerIsWholeOnlyWithItsLastByte() throws IOException {
        assertWholeAtLastByte("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello",
                "hello");
        assertWholeAtLastByte(
                "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n",
                "hello");
        assertWholeAtLastByte("HTTP/1.1 204 No Content\r\n\r\n", "");
    }

    @Test
    void bytesAfterTheAnswerAreAnError() {
        byte[] bytes = "HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab".getBytes(US_ASCII);

        assertThatThrownBy(() -> reader.take(bytes, bytes.length)).isInstanceOf(IOException.class);
    }

    @Test
    void anAbsurdLengthIsAnError() {
        byte[] bytes = "HTTP/1.1 200 OK\r\ncontent-length: -7\r\n\r\n".getBytes(US_ASCII);

        assertThatThrownBy(() -> reader.take(bytes, bytes.length)).isInstanceOf(IOException.class);
    }

    private void assertWholeAtLastByte(String answer, String body) throws IOException {
        byte[] bytes = answer.getBytes(US_ASCII);
        for (int i = 0; i < bytes.length - 1; i++) {
            assertThat(reader.take(new byte[]{bytes[i]}, 1)).as("after byte %d", i).isEmpty();
        }
        Optional<Reply> reply = reader.take(new byte[]{bytes[bytes.length - 1]}, 1);
        assertThat(reply).hasValueSatisfying(whole -> {
            assertThat(whole.text()).isEqualTo(body);
            assertThat(whole.status()).isEqualTo(Integer.parseInt(answer.substring(9, 12)));
        });
    }
}
