package io.quorate.gateway.training;

import io.quorate.gateway.config.AccessSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Asks a server of this process what first clients ask. What it answers does not matter here: the
 * tests see to that.
 */
public final class TrainingRun {
    private static final int ROUNDS = 20;

    private TrainingRun() {}

    /** Asks the endpoint at the port of loopback, as the first of the identities. */
    public static void against(int port, AccessSettings access) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            SignedRequests requests = new SignedRequests(client, port,
                    access.identities().getFirst().keys().getFirst());
            for (int round = 0; round < ROUNDS; round++) {
                s3(requests, round);
                sqs(requests);
                dynamoDb(requests, round);
                probe(client, port);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("the training run failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the training run was interrupted", e);
        }
    }

    private static void s3(SignedRequests requests, int round)
            throws IOException, InterruptedException, GeneralSecurityException {
        requests.send("s3", "PUT", "/training", Map.of(), "");
        requests.send("s3", "PUT", "/training/key" + round, Map.of(), "body");
        requests.send("s3", "GET", "/training/key" + round, Map.of(), "");
        requests.send("s3", "GET", "/training?list-type=2", Map.of(), "");
        requests.send("s3", "GET", "/", Map.of(), "");
    }

    private static void sqs(SignedRequests requests)
            throws IOException, InterruptedException, GeneralSecurityException {
        json(requests, "sqs", "AmazonSQS.CreateQueue", "{\"QueueName\":\"training\"}");
        String queue = "{\"QueueUrl\":\"http://127.0.0.1/000000000000/training\"";
        json(requests, "sqs", "AmazonSQS.SendMessage", queue + ",\"MessageBody\":\"hello\"}");
        json(requests, "sqs", "AmazonSQS.ReceiveMessage", queue + "}");
    }

    private static void dynamoDb(SignedRequests requests, int round)
            throws IOException, InterruptedException, GeneralSecurityException {
        String target = "DynamoDB_20120810.";
        String table = "{\"TableName\":\"training\"";
        json(requests, "dynamodb", target + "CreateTable", table + """
                ,"KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],
                "AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],
                "BillingMode":"PAY_PER_REQUEST"}""");
        String key = "{\"k\":{\"S\":\"" + round + "\"}}";
        json(requests, "dynamodb", target + "PutItem", table + ",\"Item\":" + key + "}");
        json(requests, "dynamodb", target + "GetItem", table + ",\"Key\":" + key + "}");
    }

    private static void json(SignedRequests requests, String service, String target, String body)
            throws IOException, InterruptedException, GeneralSecurityException {
        requests.send(service, "POST", "/",
                Map.of("content-type", "application/x-amz-json-1.0", "x-amz-target", target), body);
    }

    private static void probe(HttpClient client, int port)
            throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz/leader"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }
}
