package io.quorate.gateway.it;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Objects of an S3 bucket. */
public final class ObjectWorkload implements Workload {
    private static final String BUCKET = "kill-nine";
    private static final int LARGE = 200_000;
    private final boolean withLarge;

    /** Objects of which every eighth is too large for the log. */
    public ObjectWorkload() {
        this(true);
    }

    /**
     * Objects.
     *
     * @param withLarge whether every eighth is too large for the log
     */
    public ObjectWorkload(boolean withLarge) {
        this.withLarge = withLarge;
    }

    @Override
    public Session open(AwsClients clients) {
        S3Client client = clients.s3();
        client.createBucket(bucket -> bucket.bucket(BUCKET));
        return new Objects(client, withLarge);
    }

    private record Objects(S3Client client, boolean withLarge) implements Session {
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

        private String body(String id) {
            return withLarge && id.hashCode() % 8 == 0
                    ? id.repeat(LARGE / id.length())
                    : id;
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
