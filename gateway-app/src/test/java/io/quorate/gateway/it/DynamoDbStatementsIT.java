package io.quorate.gateway.it;

import static io.quorate.gateway.it.DynamoDbItems.TABLE;
import static io.quorate.gateway.it.DynamoDbItems.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementErrorCodeEnum;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** PartiQL by an unmodified client. */
class DynamoDbStatementsIT {
    @TempDir
    Path data;

    private RunningServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() {
        server = RunningServer.on(data);
        client = server.clients().dynamoDb();
        DynamoDbItems.createTable(client);
        for (int b = 0; b < 5; b++) {
            int number = b;
            client.executeStatement(request -> request
                    .statement("INSERT INTO " + TABLE + " VALUE {'a':?,'b':?,'g':'x'}")
                    .parameters(AttributeValue.fromS("k"), number(number)));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void itemsAreSelectedFromTableAndIndexes() {
        ExecuteStatementResponse first = client.executeStatement(request -> request
                .statement("SELECT b FROM " + TABLE + " WHERE a = 'k' AND b >= 1").limit(2));
        ExecuteStatementResponse second = client.executeStatement(request -> request
                .statement("SELECT b FROM " + TABLE + " WHERE a = 'k' AND b >= 1")
                .nextToken(first.nextToken()));

        assertThat(first.items()).extracting(item -> DynamoDbItems.value(item, "b").n())
                .containsExactly("1", "2");
        assertThat(second.items()).extracting(item -> DynamoDbItems.value(item, "b").n())
                .containsExactly("3",
                        "4");
        assertThat(client.executeStatement(request -> request.statement("SELECT * FROM \"" + TABLE
                + "\".\"global\" WHERE g = 'x' ORDER BY b DESC")).items())
                .extracting(item -> DynamoDbItems.value(item, "b").n())
                .containsExactly("4", "3", "2", "1", "0");
    }

    @Test
    void anItemIsInsertedOnceUpdatedAndDeleted() {
        assertThatThrownBy(() -> client.executeStatement(
                request -> request.statement("INSERT INTO " + TABLE + " VALUE {'a':'k','b':0}")))
                .isInstanceOf(DuplicateItemException.class);
        assertThat(client.executeStatement(request -> request.statement("UPDATE " + TABLE
                + " SET v = 7 WHERE a = 'k' AND b = 0 RETURNING MODIFIED NEW *")).items())
                .containsExactly(Map.of("v", number(7)));
        client.executeStatement(request -> request
                .statement("DELETE FROM " + TABLE + " WHERE a = 'k' AND b = 0 AND v = 7"));
        assertThat(client.executeStatement(request -> request
                .statement("SELECT * FROM " + TABLE + " WHERE a = 'k' AND b = 0")).items())
                .isEmpty();
    }

    @Test
    void batchesAndTransactionsAnswerByPosition() {
        assertThat(client.batchExecuteStatement(request -> request.statements(
                IntStream.of(1, 9).mapToObj(b -> BatchStatementRequest.builder()
                        .statement("UPDATE " + TABLE + " SET v = 1 WHERE a = 'k' AND b = " + b)
                        .build()).toList()))
                .responses())
                .satisfiesExactly(done -> assertThat(done.error()).isNull(),
                        failed -> assertThat(failed.error().code()).isEqualTo(
                                BatchStatementErrorCodeEnum.CONDITIONAL_CHECK_FAILED));
        List<ParameterizedStatement> statements = List.of(
                ParameterizedStatement.builder()
                        .statement("UPDATE " + TABLE + " SET v = v + 1 WHERE a = 'k' AND b = 1")
                        .build(),
                ParameterizedStatement.builder()
                        .statement("INSERT INTO " + TABLE + " VALUE {'a':'n','b':1}").build());
        for (int i = 0; i < 2; i++) {
            client.executeTransaction(request -> request.transactStatements(statements)
                    .clientRequestToken("token"));
        }
        assertThat(client.executeTransaction(request -> request.transactStatements(
                ParameterizedStatement.builder()
                        .statement("SELECT v FROM " + TABLE + " WHERE a = 'k' AND b = 1").build()))
                .responses().getFirst().item()).containsEntry("v", number(2));
        assertThatThrownBy(() -> client
                .executeTransaction(request -> request.transactStatements(statements)))
                .isInstanceOfSatisfying(TransactionCanceledException.class,
                        cancelled -> assertThat(cancelled.cancellationReasons())
                                .extracting(CancellationReason::code)
                                .containsExactly("None", "DuplicateItem"));
    }
}
