package io.quorate.aws.http;

/** Hears how a request ended, for metrics and the access log. */
@FunctionalInterface
public interface ExchangeListener {
    /** Hears nothing. */
    ExchangeListener NONE = summary -> {};

    /** The request was answered, failed or was cancelled; called once, on any thread. */
    void ended(ExchangeSummary summary);
}
