package io.quorate.gateway.change;

import java.util.List;

/** All cases there are. */
final class RegisteredActions {
    private RegisteredActions() {}

    static List<ActionCases> all() {
        return List.of(new S3BucketActions(), new S3ObjectActions(), new S3UploadActions(),
                new S3SettingActions(), new S3AccessActions(), new S3EventActions(),
                new SqsQueueActions(),
                new SqsMessageActions(), new DynamoDbTableActions(), new DynamoDbItemActions(),
                new DynamoDbStreamActions());
    }
}
