package io.quorate.dynamodb.operation;

import io.quorate.dynamodb.error.DynamoDbError;
import io.quorate.dynamodb.error.DynamoDbException;
import io.quorate.dynamodb.error.ErrorDetail;
import io.quorate.dynamodb.error.KvFailureErrors;
import io.quorate.dynamodb.expression.ExpressionScope;
import io.quorate.dynamodb.expression.Projection;
import io.quorate.dynamodb.model.Item;
import io.quorate.dynamodb.model.TableDefinition;
import io.quorate.dynamodb.model.TableName;
import io.quorate.dynamodb.partiql.Statement;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.ItemWrite;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.dynamodb.repository.WriteOutcome;
import io.quorate.kv.KvException;
import io.quorate.kv.RetryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * PartiQL: each statement becomes the operation it means. Source: developer guide, "PartiQL, a
 * SQL-compatible query language for DynamoDB".
 */
public final class Statements {
    private static final int STATEMENTS = 25;
    private static final String DUPLICATE = "Duplicate primary key exists in table";

    private final TableRepository tables;
    private final ItemRepository items;
    private final StatementPages pages;
    private final GroupOperations groups;

    public Statements(TableRepository tables, ItemRepository items, ItemOperations single,
            GroupOperations groups) {
        this.tables = tables;
        this.items = items;
        this.pages = new StatementPages(single.query(), single.scan());
        this.groups = groups;
    }

    /** Runs the statements. */
    public Mono<DynamoDbResult> run(StatementRequest request, Caller caller) {
        return switch (request) {
            case StatementRequest.Execute execute -> execute(execute, caller);
            case StatementRequest.Batch batch -> batch(batch, caller);
            case StatementRequest.Transact transact -> transact(transact, caller);
        };
    }

    private Mono<DynamoDbResult> execute(StatementRequest.Execute request, Caller caller) {
        Statement statement = wellFormed(request.entry());
        if (statement instanceof Statement.Exists) {
            return Mono.error(DynamoDbException
                    .validation("EXISTS is only supported in ExecuteTransaction"));
        }
        if (statement instanceof Statement.Select select) {
            return tables.withTable(caller.table(select.table()),
                    table -> pages.read(request, select, table))
                    .map(page -> new StatementResult.Page(page.items().orElse(List.of()),
                            page.lastKey().map(
                                    key -> StatementPages.token(key, request.page().digest())),
                            page.lastKey(), page.capacity()));
        }
        return write(request.entry(), request.capacity(), caller, caller.retryId())
                .map(done -> new StatementResult.Page(done.attributes().map(List::of)
                        .orElse(List.of()), Optional.empty(), Optional.empty(),
                        done.capacity()));
    }

    private static Statement wellFormed(StatementRequest.Entry entry) {
        if (entry.statement() == null) {
            throw DynamoDbException.validation(entry.problem());
        }
        return entry.statement();
    }

    private Mono<WriteItemResult> write(StatementRequest.Entry entry,
            ReturnConsumedCapacity capacity, Caller caller, Optional<RetryId> retryId) {
        Statement statement = wellFormed(entry);
        WriteOptions options = new WriteOptions(StatementWrites.values(statement),
                entry.oldOnFailure(), capacity, false);
        // The outcome is judged after the table, whose definition a refusal by an item says nothing of.
        return tables.withTable(caller.table(statement.table()), table -> {
            ItemWrite write = StatementWrites.of(statement, table).on(table,
                    options.returning());
            return items.write(write, retryId).map(outcome -> new Written(write, outcome));
        }).map(written -> {
            if (statement instanceof Statement.Insert
                    && written.outcome() instanceof WriteOutcome.CheckFailed) {
                throw new DynamoDbException(DynamoDbError.DUPLICATE_ITEM, DUPLICATE);
            }
            return ItemWrites.result(written.write(), options, statement.table(),
                    written.outcome());
        }).cast(WriteItemResult.class);
    }

    private Mono<DynamoDbResult> batch(StatementRequest.Batch request, Caller caller) {
        List<Statement> statements = request.statements();
        boolean reads = statements.stream().allMatch(Statement::isRead);
        if (!reads && statements.stream().anyMatch(Statement::isRead)) {
            return Mono.error(DynamoDbException.validation(
                    "A BatchExecuteStatement request cannot contain both reads and writes"));
        }
        return Flux.range(0, request.entries().size())
                .flatMapSequential(i -> answer(request, i, caller), STATEMENTS).collectList()
                .map(answers -> new StatementResult.Batch(
                        answers.stream().map(Answered::answer).toList(),
                        answers.stream().flatMap(one -> one.capacity().stream()).toList()));
    }

    private Mono<Answered> answer(StatementRequest.Batch request, int position, Caller caller) {
        StatementRequest.Entry entry = request.entries().get(position);
        Statement statement = entry.statement();
        String table = statement == null ? "" : statement.table();
        Optional<RetryId> retryId = caller.retryId().map(
                id -> RetryId.digestOf(id.toString(), String.valueOf(position)));
        return Mono.defer(() -> wellFormed(entry) instanceof Statement.Select select
                ? get(select, entry, request.capacity(), caller)
                : write(entry, request.capacity(), caller, retryId)
                        .map(done -> new Answered(new StatementResult.Answer(table,
                                done.attributes(), Optional.empty()), done.capacity())))
                .onErrorResume(
                        failure -> failure instanceof DynamoDbException
                                || failure instanceof KvException,
                        failure -> Mono.just(new Answered(new StatementResult.Answer(table,
                                Optional.empty(), Optional.of(asAnswer(failure, caller))),
                                Optional.empty())));
    }

    private static DynamoDbException asAnswer(Throwable failure, Caller caller) {
        if (failure instanceof DynamoDbException refusal) {
            return refusal;
        }
        return failure instanceof KvException kv
                ? KvFailureErrors.of(kv.failure(),
                        caller.retryId().map(RetryId::toString).orElse("without an id"))
                : new DynamoDbException(DynamoDbError.INTERNAL_SERVER_ERROR, "");
    }

    /** Reads the one item that a statement of a batch names. */
    private Mono<Answered> get(Statement.Select select, StatementRequest.Entry entry,
            ReturnConsumedCapacity capacity, Caller caller) {
        StatementRequest.Execute request = new StatementRequest.Execute(entry,
                new StatementRequest.Page(Integer.MAX_VALUE, Optional.empty(), ""), capacity);
        return tables.withTable(caller.table(select.table()), table -> {
            new WhereKeys(select.where()).wholeKey(table.keys());
            return pages.read(request, select, table);
        }).map(page -> new Answered(new StatementResult.Answer(select.table(),
                page.items().orElse(List.of()).stream().findFirst(), Optional.empty()),
                page.capacity()));
    }

    private Mono<DynamoDbResult> transact(StatementRequest.Transact request, Caller caller) {
        List<Statement> statements = request.entries().stream().map(Statements::wellFormed)
                .toList();
        boolean reads = statements.stream().allMatch(Statement::isRead);
        if (!reads && statements.stream().anyMatch(Statement::isRead)) {
            return Mono.error(DynamoDbException.validation(
                    "An ExecuteTransaction request cannot contain both reads and writes"));
        }
        List<TableName> names = statements.stream()
                .map(statement -> caller.table(statement.table())).distinct().toList();
        return tables.withTables(names, found -> Mono.fromSupplier(() -> statements.stream()
                .map(statement -> compile(statement,
                        TransactWriteItems.present(found, caller.table(statement.table()))))
                .toList()))
                .flatMap(parts -> reads
                        ? get(request, parts, caller)
                        : write(request, parts, caller));
    }

    /** A part of a transaction: what to read, or what to write. */
    private record Part(Statement statement, Item key, @Nullable Projection projection,
            StatementWrites.@Nullable Write write) {}

    private static Part compile(Statement statement, TableDefinition table) {
        if (!(statement instanceof Statement.Select select)) {
            StatementWrites.Write write = StatementWrites.of(statement, table);
            return new Part(statement, write.item(), null, write);
        }
        WhereKeys keys = new WhereKeys(select.where());
        Item key = keys.wholeKey(table.keys());
        if (keys.rest() != null || select.index() != null) {
            throw DynamoDbException.validation("Select statements within ExecuteTransaction must"
                    + " specify the primary key in the where clause.");
        }
        return new Part(statement, key,
                select.paths().isEmpty()
                        ? null
                        : Projection.check(select.paths(),
                                new ExpressionScope(select.where().bindings())),
                null);
    }

    private Mono<DynamoDbResult> get(StatementRequest.Transact request, List<Part> parts,
            Caller caller) {
        return groups.transactGet().run(new TransactGetItemsRequest(parts.stream()
                .map(part -> new TransactGetItemsRequest.Get(part.statement().table(), part.key(),
                        part.projection()))
                .toList(), request.capacity()), caller).cast(TransactGetItemsResult.class)
                .map(result -> new StatementResult.Transaction(result.items(),
                        result.capacity()));
    }

    private Mono<DynamoDbResult> write(StatementRequest.Transact request, List<Part> parts,
            Caller caller) {
        List<TransactWriteItemsRequest.Action> actions = IntStream.range(0, parts.size())
                .mapToObj(i -> action(parts.get(i), request.entries().get(i))).toList();
        return groups.transactWrite()
                .run(new TransactWriteItemsRequest(actions, request.capacity(), false,
                        request.token()), caller)
                .cast(TransactWriteItemsResult.class)
                .onErrorMap(DynamoDbException.class, refusal -> duplicates(refusal, parts))
                .map(result -> new StatementResult.Transaction(
                        parts.stream().map(part -> Optional.<Item>empty()).toList(),
                        result.capacity()));
    }

    private static TransactWriteItemsRequest.Action action(Part part,
            StatementRequest.Entry entry) {
        StatementWrites.Write write = Objects.requireNonNull(part.write());
        return new TransactWriteItemsRequest.Action(write.action(), part.statement().table(),
                write.item(), write.expressions(),
                new TransactWriteItemsRequest.Options(write.changed(), entry.oldOnFailure()));
    }

    /** Says of an INSERT that failed what it failed by. */
    private static DynamoDbException duplicates(DynamoDbException refusal, List<Part> parts) {
        if (!(refusal.detail() instanceof ErrorDetail.Reasons reasons)) {
            return refusal;
        }
        List<ErrorDetail.Reason> said = new ArrayList<>();
        for (int i = 0; i < reasons.reasons().size(); i++) {
            ErrorDetail.Reason reason = reasons.reasons().get(i);
            boolean duplicate = reason.code().equals("ConditionalCheckFailed")
                    && parts.get(i).statement() instanceof Statement.Insert;
            said.add(duplicate
                    ? new ErrorDetail.Reason("DuplicateItem", DUPLICATE, reason.item())
                    : reason);
        }
        return DynamoDbException.cancelled(said);
    }

    private record Written(ItemWrite write, WriteOutcome outcome) {}

    private record Answered(StatementResult.Answer answer, Optional<ConsumedCapacity> capacity) {}
}
