package io.quorate.s3.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.http.ForwardingExchange;
import io.quorate.aws.request.AwsHeaders;
import io.quorate.aws.request.AwsRequestHead;
import io.quorate.aws.request.QueryParameters;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** A request for a page of a website: its query means nothing to S3. */
final class PageExchange extends ForwardingExchange {
    private static final QueryParameters NONE = QueryParameters.parse("");
    private final AwsRequestHead head;
    private final ServerHttpResponse response;

    private PageExchange(AwsExchange exchange, AwsRequestHead head, ServerHttpResponse response) {
        super(exchange);
        this.head = head;
        this.response = response;
    }

    static PageExchange of(AwsExchange exchange) {
        AwsRequestHead sent = exchange.head();
        return new PageExchange(exchange,
                new AwsRequestHead(sent.method(), sent.rawPath(), "", sent.headers()),
                exchange.response());
    }

    /** A page shown instead of an error: all of it, whatever the reader has, with the error's status. */
    static PageExchange instead(AwsExchange exchange, int status) {
        AwsRequestHead sent = exchange.head();
        return new PageExchange(exchange,
                new AwsRequestHead(sent.method(), sent.rawPath(), "", AwsHeaders.of()),
                new FixedStatusResponse(exchange.response(), status));
    }

    @Override
    public AwsRequestHead head() {
        return head;
    }

    @Override
    public QueryParameters query() {
        return NONE;
    }

    @Override
    public ServerHttpResponse response() {
        return response;
    }
}
