package io.quorate.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was measured in one run. Not safe for threads; merged afterwards. */
public final class Measurement {
    private static final long MAX_LATENCY_MICROS = 120_000_000;

    private final Map<String, Histogram> latencies = new TreeMap<>();
    private long wrong;
    private Optional<String> firstWrong = Optional.empty();
    private double seconds;

    /** A right answer after that long. */
    public void right(String operation, long nanos) {
        latencies.computeIfAbsent(operation, any -> new Histogram(MAX_LATENCY_MICROS, 3))
                .recordValue(Math.min(MAX_LATENCY_MICROS, Math.max(1, nanos / 1000)));
    }

    /** A wrong answer, or none. */
    public void wrong(String what) {
        wrong++;
        firstWrong = firstWrong.or(() -> Optional.of(what));
    }

    /** How long the run took. */
    public void took(double runSeconds) {
        seconds = runSeconds;
    }

    /** Adds what another thread measured in the same time. */
    public void add(Measurement other) {
        other.latencies.forEach((operation, histogram) -> latencies
                .computeIfAbsent(operation, any -> new Histogram(MAX_LATENCY_MICROS, 3))
                .add(histogram));
        wrong += other.wrong;
        firstWrong = firstWrong.or(() -> other.firstWrong);
    }

    /** Latencies in microseconds by operation. */
    public Map<String, Histogram> latencies() {
        return latencies;
    }

    /** Wrong answers and missing ones. */
    public long wrong() {
        return wrong;
    }

    /** The first of them. */
    public Optional<String> firstWrong() {
        return firstWrong;
    }

    /** The length of the run. */
    public double seconds() {
        return seconds;
    }

    /** Right answers of an operation. */
    public long right(String operation) {
        Histogram histogram = latencies.get(operation);
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** Right answers of an operation per second. */
    public double perSecond(String operation) {
        return seconds == 0 ? 0 : right(operation) / seconds;
    }
}
