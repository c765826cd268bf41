package io.quorate.kv.raft;

import io.quorate.fixtures.linearizability.RegisterCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers by key as the meaning of a member's entries. A command's text is {@code number|key|kind|expected|value},
 * commands of one entry are separated by semicolons; the result of each is what the register held before.
 */
final class RegisterMachine implements RecordingMachine.Interpreter {
    private final Map<String, String> values = new HashMap<>();

    /** The text of a command; the number makes it different from every other. */
    static String text(long number, String key, RegisterCommand command) {
        String rest = switch (command) {
            case RegisterCommand.Read read -> throw new IllegalArgumentException(
                    "reads do not go through the log: " + read);
            case RegisterCommand.Write write -> "set||" + write.value();
            case RegisterCommand.Swap swap -> "set||" + swap.value();
            case RegisterCommand.CompareAndSet cas -> "cas|" + cas.expected() + "|" + cas.value();
        };
        return number + "|" + key + "|" + rest;
    }

    @Override
    public Object apply(RecordingMachine.Applied entry) {
        List<String> results = new ArrayList<>();
        for (String command : entry.text().split(";")) {
            results.add(applyOne(command.split("\\|", -1)));
        }
        return results;
    }

    private String applyOne(String[] parts) {
        String key = parts[1];
        String before = value(key);
        if (parts[2].equals("set") || parts[3].equals(before)) {
            values.put(key, parts[4]);
        }
        return before;
    }

    @Override
    public void reset(List<RecordingMachine.Applied> history) {
        values.clear();
        history.stream().filter(entry -> !entry.text().isEmpty()).forEach(this::apply);
    }

    /** What the register holds on this member. */
    String value(String key) {
        return values.getOrDefault(key, "");
    }
}
