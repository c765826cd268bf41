package io.quorate.s3.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of an upload's parts make the object: ascending runs of numbers, of which there is one if
 * none was left out.
 *
 * @param runs the runs, first to last
 */
public record PartNumbers(List<Run> runs) {
    /**
     * Consecutive numbers.
     *
     * @param first the first one, from 1
     * @param last the last one, included
     */
    public record Run(int first, int last) {}

    public PartNumbers {
        runs = List.copyOf(runs);
    }

    /** The runs of ascending numbers. */
    public static PartNumbers of(List<Integer> ascending) {
        List<Run> runs = new ArrayList<>();
        for (int number : ascending) {
            if (!runs.isEmpty() && runs.getLast().last() + 1 == number) {
                runs.set(runs.size() - 1, new Run(runs.getLast().first(), number));
            } else {
                runs.add(new Run(number, number));
            }
        }
        return new PartNumbers(runs);
    }

    /** Whether the part is one of them. */
    public boolean contains(int number) {
        return runs.stream().anyMatch(run -> run.first() <= number && number <= run.last());
    }

    /** How many there are. */
    public int count() {
        return runs.stream().mapToInt(run -> run.last() - run.first() + 1).sum();
    }
}
