package io.quorate.gateway.it;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects of an S3 bucket, every eighth too large for the log. */
final class ObjectWorkload implements Workload {
    private static final String BUCKET = "kill-nine";
    private static final int LARGE = 200_000;

    @Override
    public Session open(AwsClients clients) {
        S3Client client = clients.s3();
        client.createBucket(bucket -> bucket.bucket(BUCKET));
        return new Objects(client);
    }

    private record Objects(S3Client client) implements Session {
        @Override
        public void write(String id) {
            client.putObject(put -> put.bucket(BUCKET).key(id), RequestBody.fromString(body(id)));
        }

        @Override
        public Set<String> missing(Collection<String> ids) {
            return ids.stream().filter(id -> !body(id).equals(read(id)))
                    .collect(Collectors.toSet());
        }

        private String read(String id) {
            try {
                return client.getObjectAsBytes(get -> get.bucket(BUCKET).key(id)).asUtf8String();
            } catch (NoSuchKeyException e) {
                return "";
            }
        }

        private static String body(String id) {
            return id.hashCode() % 8 == 0 ? id.repeat(LARGE / id.length()) : id;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
