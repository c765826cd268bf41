package io.quorate.s3.operation;

import io.quorate.s3.repository.Deletion;
import io.quorate.s3.repository.ObjectRepository;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** DeleteObject; an object that does not exist counts as deleted. Source: S3 API reference. */
public final class DeleteObject {
    private final ObjectRepository objects;

    public DeleteObject(ObjectRepository objects) {
        this.objects = objects;
    }

    /** Deletes the object. */
    public Mono<Void> run(DeleteObjectRequest request, Caller caller) {
        return objects.delete(request.address(), caller.account(),
                new Deletion(request.ifMatch(), Optional.empty(), false),
                caller.retryId()).then();
    }
}
