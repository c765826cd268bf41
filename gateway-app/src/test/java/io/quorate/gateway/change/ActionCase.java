package io.quorate.gateway.change;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one action is asked for and its effect looked for.
 *
 * @param title the action's name, then a space and what is special about this case, if anything
 * @param <S> what the preparation leaves for the call
 * @param <R> the call's answer
 */
record ActionCase<S, R>(String title, Prepare<S> prepare, Call<S, R> call, Check<S, R> check,
        Map<String, Effect<S>> documentedErrors) {
    /** Makes what the call needs, at rest. */
    @FunctionalInterface
    interface Prepare<S> {
        /** @param id letters, digits and hyphens; names whatever this trial makes, and nothing else has it */
        S prepare(Sdk sdk, String id);
    }

    /** The one call that meets the change of the leader. */
    @FunctionalInterface
    interface Call<S, R> {
        R call(Sdk sdk, S prepared);
    }

    /** Asserts that the answer is right, and that the effect is there once. */
    @FunctionalInterface
    interface Check<S, R> {
        void check(Sdk sdk, S prepared, R answer);
    }

    /** Asserts that the effect is there once, whatever was answered. */
    @FunctionalInterface
    interface Effect<S> {
        void check(Sdk sdk, S prepared);
    }

    static <S, R> ActionCase<S, R> of(String title, Prepare<S> prepare, Call<S, R> call,
            Check<S, R> check) {
        return new ActionCase<>(title, prepare, call, check, Map.of());
    }

    /**
     * The call may also fail with this code of AWS's, as docs/compatibility.md says.
     *
     * @param effect looked for then
     */
    ActionCase<S, R> orAnswers(String code, Effect<S> effect) {
        Map<String, Effect<S>> more = new LinkedHashMap<>(documentedErrors);
        more.put(code, effect);
        return new ActionCase<>(title, prepare, call, check, Map.copyOf(more));
    }

    /** The name of the action. */
    String action() {
        return title.split(" ", 2)[0];
    }

    /** Prepares one run of it. */
    Trial<S, R> trial(Sdk sdk, String id) {
        return new Trial<>(this, id, prepare.prepare(sdk, id));
    }

    @Override
    public String toString() {
        return title;
    }
}
