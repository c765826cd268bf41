package io.quorate.s3.repository;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import reactor.core.publisher.Mono;

/** What became of a change that answers nothing else; kept with the request's retry id. */
enum WriteAnswer {
    DONE(0), NO_SUCH_BUCKET(1), NOT_YOURS(2), PRECONDITION_FAILED(3), NOT_EMPTY(4);

    private final int code;

    WriteAnswer(int code) {
        this.code = code;
    }

    Value encode() {
        return new RowWriter(Rows.VERSION).octet(code).toValue();
    }

    /** Completes if it was done, fails as the client shall read it otherwise. */
    static Mono<Void> result(Value value) {
        int code = new RowReader(value, Rows.VERSION).octet();
        for (WriteAnswer answer : values()) {
            if (answer.code == code) {
                return answer.result();
            }
        }
        throw new IllegalStateException("an answer of kind " + code);
    }

    private Mono<Void> result() {
        return switch (this) {
            case DONE -> Mono.empty();
            case NO_SUCH_BUCKET -> Mono.error(new S3Exception(S3Error.NO_SUCH_BUCKET));
            case NOT_YOURS -> Mono.error(new S3Exception(S3Error.ACCESS_DENIED));
            case PRECONDITION_FAILED -> Mono.error(new S3Exception(S3Error.PRECONDITION_FAILED));
            case NOT_EMPTY -> Mono.error(new S3Exception(S3Error.BUCKET_NOT_EMPTY));
        };
    }
}
