package io.quorate.gateway.change;

/**
 * An action of a protocol.
 *
 * @param service as docs/compatibility.md heads it: {@code S3}, {@code SQS}, {@code DynamoDB}
 * @param name as AWS spells it
 */
record AwsAction(String service, String name) {
    @Override
    public String toString() {
        return service + " " + name;
    }
}
