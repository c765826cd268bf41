package io.quorate.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures contenders in alternating runs, so that what disturbs the machine disturbs all of them. */
final class Comparison {
    private final List<Contender> contenders;
    private final Options.Pace pace;

    Comparison(List<Contender> contenders, Options.Pace pace) {
        this.contenders = contenders;
        this.pace = pace;
    }

    /**
     * One measured run.
     *
     * @param contender who was measured
     * @param round which round, from 1
     * @param measurement what came out
     */
    record Run(String contender, int round, Measurement measurement) {}

    /** Prepares and warms up everybody, then measures. */
    List<Run> run() throws Exception {
        for (Contender contender : contenders) {
            contender.prepare();
            if (pace.warmUp().compareTo(Duration.ZERO) > 0) {
                contender.run(pace.warmUp());
            }
        }
        List<Run> runs = new ArrayList<>();
        for (int round = 1; round <= pace.rounds(); round++) {
            for (Contender contender : contenders) {
                runs.add(new Run(contender.name(), round, contender.run(pace.duration())));
            }
        }
        return runs;
    }
}
