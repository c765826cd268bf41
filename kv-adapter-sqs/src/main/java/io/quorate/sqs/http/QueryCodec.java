package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** The Query protocol of SQS: parameters as a form or a query, answers in XML. One for one request. */
final class QueryCodec implements Codec {
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final int INITIAL_CHARS = 512;

    private final AwsExchange exchange;
    private final QueueUrls urls;
    private final QueryParameters form;

    QueryCodec(AwsExchange exchange, QueueUrls urls, byte[] body) {
        this.exchange = exchange;
        this.urls = urls;
        this.form = body.length == 0
                ? exchange.query()
                : QueryParameters.parse(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public String action() {
        String action = form.first("Action");
        return action == null ? "" : action;
    }

    @Override
    public String contentType() {
        return "text/xml";
    }

    @Override
    public SqsRequest decode(SqsAction action) {
        return new Requests(FormParameters.read(form), exchange.identity().accountId(), this::queue)
                .decode(action);
    }

    /** The queue is named by the parameter, or by the path that the request was sent to. */
    private QueueName queue(Parameters parameters) {
        String path = exchange.head().rawPath();
        return urls.queueOf(parameters.text("QueueUrl")
                .orElseGet(() -> path.length() > 1 ? path : parameters.required("QueueUrl")));
    }

    @Override
    public byte[] encode(SqsAction action, SqsResult result) {
        String name = action.wireName();
        XmlWriter xml = new XmlWriter(INITIAL_CHARS).declaration().openIn(name + "Response",
                NAMESPACE);
        if (!(result instanceof SqsResult.Done)) {
            xml.open(name + "Result");
            write(xml, new Parts(action, queue -> urls.urlOf(queue, exchange)).of(result));
            xml.close(name + "Result");
        }
        return xml.open("ResponseMetadata").element("RequestId", exchange.requestId().value())
                .close("ResponseMetadata").close(name + "Response").toBytes();
    }

    private static void write(XmlWriter xml, List<Part> parts) {
        parts.forEach(part -> write(xml, part));
    }

    private static void write(XmlWriter xml, Part part) {
        switch (part) {
            case Part.Text(String name, String value) -> xml.element(name, value);
            case Part.Count(String name, long value) -> xml.element(name, value);
            case Part.Flag(String name, boolean value) -> xml.element(name, value);
            case Part.Texts texts ->
                texts.values().forEach(value -> xml.element(texts.xml(), value));
            case Part.Pairs pairs -> pairs.values()
                    .forEach((key, value) -> xml.open(pairs.xml()).element(pairs.xmlKey(), key)
                            .element("Value", value).close(pairs.xml()));
            case Part.Objects objects -> objects.values().forEach(parts -> {
                xml.open(objects.xml());
                write(xml, parts);
                xml.close(objects.xml());
            });
            case Part.UserAttributes(List<MessageAttribute> attributes) ->
                attributes.forEach(attribute -> write(xml, attribute));
        }
    }

    private static void write(XmlWriter xml, MessageAttribute attribute) {
        xml.open("MessageAttribute").element("Name", attribute.name()).open("Value");
        if (attribute.binary()) {
            xml.element("BinaryValue", Base64.getEncoder().encodeToString(attribute.value()));
        } else {
            xml.element("StringValue", attribute.text());
        }
        xml.element("DataType", attribute.dataType()).close("Value").close("MessageAttribute");
    }
}
