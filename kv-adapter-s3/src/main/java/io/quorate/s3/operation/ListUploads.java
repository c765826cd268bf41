package io.quorate.s3.operation;

import io.quorate.s3.model.Upload;
import io.quorate.s3.model.UploadMarker;
import io.quorate.s3.repository.UploadQuery;
import io.quorate.s3.repository.UploadRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** ListMultipartUploads. A rolled-up prefix costs one seek. Source: S3 API reference. */
public final class ListUploads {
    private final UploadRepository uploads;

    public ListUploads(UploadRepository uploads) {
        this.uploads = uploads;
    }

    /**
     * One page.
     *
     * @param uploads by key and age
     * @param prefixes what keys were rolled up to
     * @param next after what to go on, if there is more
     */
    public record Result(List<Upload> uploads, List<String> prefixes,
            Optional<UploadMarker> next) {
        public Result {
            uploads = List.copyOf(uploads);
            prefixes = List.copyOf(prefixes);
        }
    }

    /** Lists. */
    public Mono<Result> run(ListUploadsRequest request, Caller caller) {
        var walk = new Walk(request, caller.account());
        return request.most() == 0
                ? Mono.just(new Result(List.of(), List.of(), Optional.empty()))
                : Mono.defer(walk::go);
    }

    private final class Walk {
        private final ListUploadsRequest request;
        private final String account;
        private final List<Upload> found = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private Optional<UploadMarker> after;

        Walk(ListUploadsRequest request, String account) {
            this.request = request;
            this.account = account;
            this.after = request.after();
        }

        Mono<Result> go() {
            int rows = request.most() - found.size() - prefixes.size() + 1;
            return uploads.uploads(new UploadQuery(request.bucket(), account, request.prefix(),
                    after), rows).flatMap(page -> {
                        for (Upload upload : page) {
                            if (found.size() + prefixes.size() == request.most()) {
                                return Mono.just(new Result(found, prefixes, after));
                            }
                            if (take(upload)) {
                                return go();
                            }
                        }
                        return page.size() < rows
                                ? Mono.just(new Result(found, prefixes, Optional.empty()))
                                : go();
                    });
        }

        /** Whether it was rolled up, so that what follows is to be skipped. */
        private boolean take(Upload upload) {
            String delimiter = request.delimiter();
            int at = delimiter.isEmpty()
                    ? -1
                    : upload.key().indexOf(delimiter, request.prefix().length());
            if (at < 0) {
                found.add(upload);
                after = Optional.of(new UploadMarker(upload.key(), Optional.of(upload.id()),
                        false));
                return false;
            }
            String prefix = upload.key().substring(0, at + delimiter.length());
            prefixes.add(prefix);
            after = Optional.of(new UploadMarker(prefix, Optional.empty(), true));
            return true;
        }
    }
}
