package io.quorate.dynamodb;

import io.quorate.aws.http.AwsHandler;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.http.DynamoDbHandler;
import io.quorate.dynamodb.http.Operations;
import io.quorate.dynamodb.operation.BatchGetItem;
import io.quorate.dynamodb.operation.BatchWriteItem;
import io.quorate.dynamodb.operation.CreateTable;
import io.quorate.dynamodb.operation.DeleteTable;
import io.quorate.dynamodb.operation.DescribeTable;
import io.quorate.dynamodb.operation.GetItem;
import io.quorate.dynamodb.operation.GroupOperations;
import io.quorate.dynamodb.operation.ItemOperations;
import io.quorate.dynamodb.operation.ListTables;
import io.quorate.dynamodb.operation.Query;
import io.quorate.dynamodb.operation.Scan;
import io.quorate.dynamodb.operation.Statements;
import io.quorate.dynamodb.operation.Streams;
import io.quorate.dynamodb.operation.TableOperations;
import io.quorate.dynamodb.operation.TableProperties;
import io.quorate.dynamodb.operation.TransactGetItems;
import io.quorate.dynamodb.operation.TransactWriteItems;
import io.quorate.dynamodb.operation.UpdateTable;
import io.quorate.dynamodb.operation.WriteItem;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PageReader;
import io.quorate.dynamodb.repository.StreamRepository;
import io.quorate.dynamodb.repository.TableChanges;
import io.quorate.dynamodb.repository.TableCreation;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.kv.AtLeader;
import io.quorate.kv.LeaderProbe;
import io.quorate.kv.TransactionalKv;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/** The adapter, put together over the store's ports. */
public final class DynamoDbAdapter {
    private final TransactionalKv kv;
    private final InstantSource clock;
    private final ItemRepository items;
    private final AwsHandler handler;

    private DynamoDbAdapter(TransactionalKv kv, InstantSource clock, ItemRepository items,
            AwsHandler handler) {
        this.kv = kv;
        this.clock = clock;
        this.items = items;
        this.handler = handler;
    }

    /**
     * Puts the adapter together and registers its leader handlers; call it once, before the node
     * starts.
     *
     * @param kv the store
     * @param leader where handlers run
     * @param clock tells when tables are created and items expire
     * @param ids makes random ids for tables
     * @param maxBodyBytes longest request accepted
     */
    public static DynamoDbAdapter of(TransactionalKv kv, AtLeader leader, InstantSource clock,
            Supplier<UUID> ids, int maxBodyBytes) {
        Expressions expressions = new Expressions();
        TableRepository tables = new TableRepository(kv);
        ItemRepository items = new ItemRepository(kv, leader, expressions);
        PageReader pages = new PageReader(kv);
        TableChanges changes = new TableChanges(kv, clock);
        ItemOperations single = new ItemOperations(new WriteItem(tables, items),
                new GetItem(tables, items), new Query(tables, items, pages),
                new Scan(tables, items, pages));
        GroupOperations groups = new GroupOperations(new BatchGetItem(tables, items),
                new BatchWriteItem(tables, items), new TransactGetItems(tables, items),
                new TransactWriteItems(tables, items));
        Operations operations = new Operations(
                new TableOperations(new CreateTable(new TableCreation(kv, clock, ids)),
                        new DescribeTable(tables), new ListTables(tables),
                        new DeleteTable(changes), new UpdateTable(changes, clock),
                        new TableProperties(tables, changes, ids)),
                single, groups, new Streams(new StreamRepository(kv), clock),
                new Statements(tables, items, single, groups));
        return new DynamoDbAdapter(kv, clock, items,
                new DynamoDbHandler(operations, expressions, maxBodyBytes));
    }

    /** Answers DynamoDB's requests. */
    public AwsHandler handler() {
        return handler;
    }

    /** Keeps tables up in the background, once it is started; the caller closes it. */
    public DynamoDbUpkeep upkeep(LeaderProbe probe) {
        return new DynamoDbUpkeep(kv, items, probe, clock);
    }
}
