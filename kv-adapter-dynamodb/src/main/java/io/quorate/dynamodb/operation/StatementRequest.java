package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.partiql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PartiQL statements. Source: DynamoDB API reference. */
public sealed interface StatementRequest extends DynamoDbRequest {
    /** Most statements of a batch. */
    int MAX_BATCH = 25;
    /** Most statements of a transaction. */
    int MAX_TRANSACTION = 100;

    /** All statements that are well-formed. */
    List<Statement> statements();

    @Override
    default List<String> resources() {
        return statements().stream().map(StatementRequest::resource).toList();
    }

    /** The resource of policies that a statement is about. */
    static String resource(Statement statement) {
        return statement instanceof Statement.Select select && select.index() != null
                ? select.table() + "/index/" + select.index()
                : statement.table();
    }

    /**
     * One statement of a request.
     *
     * @param statement what it says, or null if it is malformed
     * @param problem why it is malformed, or ""
     * @param oldOnFailure whether to answer the item if a condition does not hold
     * @param consistent whether ConsistentRead is true
     */
    record Entry(@Nullable Statement statement, String problem, boolean oldOnFailure,
            boolean consistent) {}

    /**
     * ExecuteStatement.
     *
     * @param entry the statement, which is well-formed
     * @param page which page of a SELECT
     * @param capacity how much of the consumed capacity to answer
     */
    record Execute(Entry entry, Page page, ReturnConsumedCapacity capacity)
            implements
                StatementRequest {
        @Override
        public List<Statement> statements() {
            return wellFormed(List.of(entry));
        }
    }

    /**
     * A page.
     *
     * @param limit most items to look at
     * @param token where it begins
     * @param digest what the statement and its parameters come to, which a token must agree with
     */
    record Page(int limit, Optional<String> token, String digest) {}

    /** BatchExecuteStatement. */
    record Batch(List<Entry> entries, ReturnConsumedCapacity capacity)
            implements
                StatementRequest {
        public Batch {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Statement> statements() {
            return wellFormed(entries);
        }
    }

    /** ExecuteTransaction; its statements are all well-formed. */
    record Transact(List<Entry> entries, Optional<String> token, ReturnConsumedCapacity capacity)
            implements
                StatementRequest {
        public Transact {
            entries = List.copyOf(entries);
        }

        @Override
        public List<Statement> statements() {
            return wellFormed(entries);
        }
    }

    private static List<Statement> wellFormed(List<Entry> entries) {
        return entries.stream().map(Entry::statement)
                .<Statement>mapMulti((statement, found) -> {
                    if (statement != null) {
                        found.accept(statement);
                    }
                }).toList();
    }
}
