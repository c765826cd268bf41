package io.quorate.aws.policy;

import java.util.List;

/**
 * A policy document, read and checked. Immutable.
 */
public final class Policy {
    /** Most characters of a document. Source: S3 user guide, "Bucket policies": 20 KB. */
    public static final int MAX_LENGTH = 20 * 1024;
    private final List<Statement> statements;
    private final boolean variables;

    Policy(List<Statement> statements, boolean variables) {
        this.statements = List.copyOf(statements);
        this.variables = variables;
    }

    /**
     * Reads a resource's policy: each statement names its principals.
     *
     * @throws PolicyException if it is none
     */
    public static Policy ofResource(String json) throws PolicyException {
        return PolicyReader.read(json, true);
    }

    /**
     * Reads a caller's policy: no statement names principals.
     *
     * @throws PolicyException if it is none
     */
    public static Policy ofCaller(String json) throws PolicyException {
        return PolicyReader.read(json, false);
    }

    /** What the document says of the request; a denial wins over whatever allows. */
    public Decision decide(PolicyRequest request) {
        Variables values = new Variables(request.keys(), variables);
        Decision best = Decision.SILENT;
        for (Statement statement : statements) {
            Decision about = statement.about(request, values);
            if (about != Decision.SILENT && statement.effect() == Effect.DENY) {
                return Decision.DENIED;
            }
            if (about.compareTo(best) > 0) {
                best = about;
            }
        }
        return best;
    }

    /** Whether it opens something to everybody. */
    public boolean isPublic() {
        return statements.stream().anyMatch(Publicity::isPublic);
    }

    /**
     * What a statement names.
     *
     * @param actions patterns of actions, as written
     * @param resources patterns of resources, as written
     */
    public record Scope(List<String> actions, List<String> resources) {
        public Scope {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
        }
    }

    /** Of each statement that names both and excludes neither, what it names. */
    public List<Scope> scopes() {
        return statements.stream()
                .filter(s -> !s.actions().negated() && !s.resources().negated())
                .map(s -> new Scope(s.actions().patterns(), s.resources().patterns())).toList();
    }

    /** All patterns of actions, as written. */
    public List<String> actions() {
        return statements.stream().flatMap(s -> s.actions().patterns().stream()).toList();
    }

    /** All patterns of resources, as written. */
    public List<String> resources() {
        return statements.stream().flatMap(s -> s.resources().patterns().stream()).toList();
    }
}
