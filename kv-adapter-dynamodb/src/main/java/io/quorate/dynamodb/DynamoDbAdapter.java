package io.quorate.dynamodb;

import io.quorate.aws.http.AwsHandler;
import io.quorate.dynamodb.expression.Expressions;
import io.quorate.dynamodb.http.DynamoDbHandler;
import io.quorate.dynamodb.http.Operations;
import io.quorate.dynamodb.operation.BatchGetItem;
import io.quorate.dynamodb.operation.BatchWriteItem;
import io.quorate.dynamodb.operation.CreateTable;
import io.quorate.dynamodb.operation.DescribeTable;
import io.quorate.dynamodb.operation.GetItem;
import io.quorate.dynamodb.operation.GroupOperations;
import io.quorate.dynamodb.operation.ItemOperations;
import io.quorate.dynamodb.operation.Query;
import io.quorate.dynamodb.operation.Scan;
import io.quorate.dynamodb.operation.TableOperations;
import io.quorate.dynamodb.operation.TransactGetItems;
import io.quorate.dynamodb.operation.TransactWriteItems;
import io.quorate.dynamodb.operation.WriteItem;
import io.quorate.dynamodb.repository.ItemRepository;
import io.quorate.dynamodb.repository.PageReader;
import io.quorate.dynamodb.repository.TableCreation;
import io.quorate.dynamodb.repository.TableRepository;
import io.quorate.kv.AtLeader;
import io.quorate.kv.TransactionalKv;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts the adapter together over the store's ports. */
public final class DynamoDbAdapter {
    private DynamoDbAdapter() {}

    /**
     * Makes the handler of DynamoDB's requests and registers the adapter's leader handlers; call it
     * once, before the node starts.
     *
     * @param kv the store
     * @param leader where handlers run
     * @param clock tells when tables are created
     * @param ids makes random ids for tables
     * @param maxBodyBytes longest request accepted
     */
    public static AwsHandler handler(TransactionalKv kv, AtLeader leader, InstantSource clock,
            Supplier<UUID> ids, int maxBodyBytes) {
        Expressions expressions = new Expressions();
        TableRepository tables = new TableRepository(kv);
        ItemRepository items = new ItemRepository(kv, leader, expressions);
        PageReader pages = new PageReader(kv);
        Operations operations = new Operations(
                new TableOperations(new CreateTable(new TableCreation(kv, clock, ids)),
                        new DescribeTable(tables)),
                new ItemOperations(new WriteItem(tables, items), new GetItem(tables, items),
                        new Query(tables, items, pages), new Scan(tables, items, pages)),
                new GroupOperations(new BatchGetItem(tables, items),
                        new BatchWriteItem(tables, items), new TransactGetItems(tables, items),
                        new TransactWriteItems(tables, items)));
        return new DynamoDbHandler(operations, expressions, maxBodyBytes);
    }
}
