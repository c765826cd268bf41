package io.quorate.s3.repository;

import io.quorate.kv.LeaderHandler.Decision;
import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import reactor.core.publisher.Mono;

/** What became of a change that answers nothing else; kept with the request's retry id. */
enum WriteAnswer {
    DONE(0), NO_SUCH_BUCKET(1), NOT_YOURS(2), PRECONDITION_FAILED(3), NOT_EMPTY(4), LOCKED(
            5), NO_SUCH_VERSION(
                    6), NO_SUCH_KEY(7), IS_MARKER(8), NO_LOCK(9), BAD_STATE(10), NO_SUCH_UPLOAD(11);

    private final int code;

    WriteAnswer(int code) {
        this.code = code;
    }

    Value encode() {
        return write().toValue();
    }

    /** Begins an answer that says more. */
    RowWriter write() {
        return new RowWriter(Rows.VERSION).octet(code);
    }

    /** Answers so and changes nothing. */
    Decision decision() {
        return Decision.answer(encode());
    }

    /** Completes if it was done, fails as the client shall read it otherwise. */
    static Mono<Void> result(Value value) {
        return result(new RowReader(value, Rows.VERSION));
    }

    /** The same; what was answered besides is read next. */
    static Mono<Void> result(RowReader in) {
        int code = in.octet();
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
            case LOCKED -> Mono.error(new S3Exception(S3Error.ACCESS_DENIED,
                    "Access Denied because object protected by object lock."));
            case NO_SUCH_VERSION -> Mono.error(new S3Exception(S3Error.NO_SUCH_VERSION));
            case NO_SUCH_KEY -> Mono.error(new S3Exception(S3Error.NO_SUCH_KEY));
            case IS_MARKER -> Mono.error(new S3Exception(S3Error.METHOD_NOT_ALLOWED));
            case NO_LOCK -> Mono.error(new S3Exception(S3Error.INVALID_REQUEST,
                    "Bucket is missing Object Lock Configuration"));
            case NO_SUCH_UPLOAD -> Mono.error(new S3Exception(S3Error.NO_SUCH_UPLOAD));
            case BAD_STATE -> Mono.error(new S3Exception(S3Error.INVALID_BUCKET_STATE));
        };
    }
}
