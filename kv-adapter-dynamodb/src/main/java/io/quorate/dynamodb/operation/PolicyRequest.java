package io.quorate.dynamodb.operation;

import java.util.Optional;

/** A request about a table's resource policy. */
public sealed interface PolicyRequest extends TableRequest {
    /** The revision that says that there must be no policy yet. */
    String NO_POLICY = "NO_POLICY";

    /** Sets it. */
    record Put(String table, String document, Optional<String> expected)
            implements
                PolicyRequest {}

    /** Removes it. */
    record Delete(String table, Optional<String> expected) implements PolicyRequest {}

    /** Asks for it. */
    record Show(String table) implements PolicyRequest {}
}
