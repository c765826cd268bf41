package io.quorate.dynamodb;

import io.quorate.aws.http.AwsHandler;
import io.quorate.dynamodb.http.DynamoDbHandler;
import io.quorate.dynamodb.http.Operations;
import io.quorate.dynamodb.operation.CreateTable;
import io.quorate.dynamodb.operation.DescribeTable;
import io.quorate.dynamodb.operation.GetItem;
import io.quorate.dynamodb.operation.PutItem;
import io.quorate.dynamodb.repository.ItemRepository;
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
        TableRepository tables = new TableRepository(kv);
        ItemRepository items = new ItemRepository(kv, leader);
        return new DynamoDbHandler(
                new Operations(new CreateTable(new TableCreation(kv, clock, ids)),
                        new DescribeTable(tables), new PutItem(tables, items),
                        new GetItem(tables, items)),
                maxBodyBytes);
    }
}
