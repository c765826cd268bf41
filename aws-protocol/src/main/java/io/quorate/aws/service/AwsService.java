package io.quorate.aws.service;

/** The services this server speaks, with the name that each has in a credential scope. */
public enum AwsService {
    S3("s3"), SQS("sqs"), DYNAMODB("dynamodb");

    private final String signingName;

    AwsService(String signingName) {
        this.signingName = signingName;
    }

    /** The service's name in a Signature Version 4 credential scope. */
    public String signingName() {
        return signingName;
    }
}
