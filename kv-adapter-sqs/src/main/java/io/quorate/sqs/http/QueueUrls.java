package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.sqs.error.SqsError;
import io.quorate.sqs.error.SqsException;
import io.quorate.sqs.model.QueueName;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queue URLs: made from the address the client used, or from the configured public one. Of a URL
 * that comes back only the path counts, so one from any node works on every node.
 */
public final class QueueUrls {
    private static final Pattern PATH = Pattern.compile("(?:https?://[^/]+)?/(\\d{12})/([^/]+)");
    /** Longer than any queue's URL. */
    private static final int MAX_LENGTH = 2_048;

    private final Optional<String> publicUrl;

    /**
     * @param publicUrl scheme and authority that clients shall use, without a path; if empty, those
     *        of each request
     */
    public QueueUrls(Optional<String> publicUrl) {
        this.publicUrl = publicUrl;
    }

    String urlOf(QueueName queue, AwsExchange exchange) {
        return publicUrl.orElseGet(() -> addressOf(exchange)) + queue.path();
    }

    private static String addressOf(AwsExchange exchange) {
        URI uri = exchange.request().getURI();
        return uri.getScheme() + "://" + exchange.head().header("host");
    }

    /** The queue that a URL, or a request's path, names. */
    QueueName queueOf(String url) {
        Matcher path = PATH.matcher(url);
        if (url.length() > MAX_LENGTH || !path.matches()) {
            throw new SqsException(SqsError.INVALID_ADDRESS,
                    "The address " + shown(url) + " is not valid for this endpoint.");
        }
        if (!QueueName.isValid(path.group(2))) {
            throw SqsException.noSuchQueue();
        }
        return new QueueName(path.group(1), path.group(2));
    }

    private static String shown(String url) {
        return url.length() > MAX_LENGTH ? "given" : url;
    }
}
