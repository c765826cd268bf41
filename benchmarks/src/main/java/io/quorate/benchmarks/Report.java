package io.quorate.benchmarks;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The figures of a comparison, for people and for programs. Latencies are in milliseconds. */
final class Report {
    private static final Map<String, Double> PERCENTILES = Map.of("p50", 50.0, "p90", 90.0, "p99",
            99.0, "p999", 99.9);

    private final Options options;
    private final List<Comparison.Run> runs;

    Report(Options options, List<Comparison.Run> runs) {
        this.options = options;
        this.runs = List.copyOf(runs);
    }

    /** Whether every answer was right. */
    boolean isClean() {
        return runs.stream().allMatch(run -> run.measurement().wrong() == 0);
    }

    /** A table. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s, %d callers, %d items of %d bytes, backlog %d%n",
                options.workload(), options.callers(), options.shape().items(),
                options.shape().valueBytes(), options.shape().backlog()));
        text.append(String.format(Locale.ROOT, "%-10s %5s %-15s %10s %9s %9s %9s %9s %9s%n",
                "server", "round", "operation", "per s", "p50 ms", "p90", "p99", "p99.9", "max"));
        for (Comparison.Run run : runs) {
            Measurement measured = run.measurement();
            measured.latencies().forEach((operation, latency) -> text.append(String.format(
                    Locale.ROOT, "%-10s %5d %-15s %10.2f %9.3f %9.3f %9.3f %9.3f %9.3f%n",
                    run.contender(), run.round(), operation, measured.perSecond(operation),
                    millis(latency, 50), millis(latency, 90), millis(latency, 99),
                    millis(latency, 99.9), latency.getMaxValue() / 1000.0)));
            if (measured.wrong() > 0) {
                text.append(String.format(Locale.ROOT, "%-10s %5d WRONG ANSWERS: %d, first: %s%n",
                        run.contender(), run.round(), measured.wrong(),
                        measured.firstWrong().orElse("")));
            }
        }
        medians().forEach((server, operations) -> operations
                .forEach((operation, median) -> text.append(String.format(Locale.ROOT,
                        "%-10s %5s %-15s %10.2f%n", server, "med", operation, median))));
        return text.toString();
    }

    /** The median rate over the rounds, by server and operation. */
    private Map<String, Map<String, Double>> medians() {
        Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
        Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();
        for (Comparison.Run run : runs) {
            for (String operation : run.measurement().latencies().keySet()) {
                rates.computeIfAbsent(run.contender(), any -> new TreeMap<>())
                        .computeIfAbsent(operation, any -> new ArrayList<>())
                        .add(run.measurement().perSecond(operation));
            }
        }
        rates.forEach((server, operations) -> operations.forEach((operation, rate) -> medians
                .computeIfAbsent(server, any -> new TreeMap<>()).put(operation, median(rate))));
        return medians;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The same as JSON. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(),
                text)) {
            json.writeStartObject();
            json.writeStringProperty("workload", options.workload());
            json.writeNumberProperty("callers", options.callers());
            json.writeNumberProperty("items", options.shape().items());
            json.writeNumberProperty("valueBytes", options.shape().valueBytes());
            json.writeNumberProperty("backlog", options.shape().backlog());
            json.writeNumberProperty("warmUpSeconds", options.pace().warmUp().toSeconds());
            json.writeNumberProperty("processors", Runtime.getRuntime().availableProcessors());
            json.writeStringProperty("java", Runtime.version().toString());
            json.writeObjectPropertyStart("medianPerSecond");
            medians().forEach((server, operations) -> {
                json.writeObjectPropertyStart(server);
                operations.forEach(json::writeNumberProperty);
                json.writeEndObject();
            });
            json.writeEndObject();
            json.writeArrayPropertyStart("runs");
            runs.forEach(run -> write(json, run));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Comparison.Run run) {
        Measurement measured = run.measurement();
        json.writeStartObject();
        json.writeStringProperty("server", run.contender());
        json.writeNumberProperty("round", run.round());
        json.writeNumberProperty("seconds", measured.seconds());
        json.writeNumberProperty("wrong", measured.wrong());
        measured.firstWrong().ifPresent(what -> json.writeStringProperty("firstWrong", what));
        json.writeObjectPropertyStart("operations");
        measured.latencies().forEach((operation, latency) -> {
            json.writeObjectPropertyStart(operation);
            json.writeNumberProperty("count", latency.getTotalCount());
            json.writeNumberProperty("perSecond", measured.perSecond(operation));
            PERCENTILES.forEach((name, percentile) -> json.writeNumberProperty(name + "Millis",
                    millis(latency, percentile)));
            json.writeNumberProperty("maxMillis", latency.getMaxValue() / 1000.0);
            json.writeEndObject();
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private static double millis(Histogram latency, double percentile) {
        return latency.getValueAtPercentile(percentile) / 1000.0;
    }
}
