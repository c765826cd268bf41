package io.quorate.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/** Parses projection expressions. Pure functions. */
final class ProjectionParser {
    private ProjectionParser() {}

    static List<DocumentPath> parse(String text) {
        Tokens tokens = new Tokens(ExpressionKind.PROJECTION, text);
        List<DocumentPath> paths = new ArrayList<>();
        do {
            paths.add(tokens.path());
        } while (tokens.accept(","));
        tokens.expectEnd();
        return List.copyOf(paths);
    }
}
