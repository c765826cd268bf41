package io.quorate.sqs.http;

import io.quorate.aws.http.AwsExchange;
import io.quorate.aws.request.QueryParameters;
import io.quorate.aws.xml.XmlWriter;
import io.quorate.sqs.model.Md5;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.QueueName;
import io.quorate.sqs.model.ReceivedMessage;
import io.quorate.sqs.operation.SqsRequest;
import io.quorate.sqs.operation.SqsResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

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
        Parameters parameters = FormParameters.read(form);
        return switch (action) {
            case CREATE_QUEUE ->
                RequestRules.createQueue(parameters, exchange.identity().accountId());
            case SEND_MESSAGE -> RequestRules.sendMessage(parameters, queue(parameters));
            case RECEIVE_MESSAGE -> RequestRules.receiveMessage(parameters, queue(parameters));
            case DELETE_MESSAGE -> RequestRules.deleteMessage(parameters, queue(parameters));
        };
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
        if (!(result instanceof SqsResult.MessageDeleted)) {
            xml.open(name + "Result");
            write(xml, result);
            xml.close(name + "Result");
        }
        return xml.open("ResponseMetadata").element("RequestId", exchange.requestId().value())
                .close("ResponseMetadata").close(name + "Response").toBytes();
    }

    private void write(XmlWriter xml, SqsResult result) {
        switch (result) {
            case SqsResult.QueueCreated created ->
                xml.element("QueueUrl", urls.urlOf(created.queue(), exchange));
            case SqsResult.MessageSent sent -> {
                sent.md5OfAttributes().ifPresent(md5 -> xml.element("MD5OfMessageAttributes", md5));
                sent.md5OfSystemAttributes()
                        .ifPresent(md5 -> xml.element("MD5OfMessageSystemAttributes", md5));
                xml.element("MD5OfMessageBody", sent.md5OfBody())
                        .element("MessageId", sent.message().toString());
            }
            case SqsResult.MessagesReceived received ->
                received.messages().forEach(message -> write(xml, message, received));
            case SqsResult.MessageDeleted deleted -> {
                // The answer has no result.
            }
        }
    }

    private static void write(XmlWriter xml, ReceivedMessage message,
            SqsResult.MessagesReceived received) {
        xml.open("Message").element("MessageId", message.id().toString())
                .element("ReceiptHandle", message.receipt().encode())
                .element("MD5OfBody", Md5.ofText(message.content().body()))
                .element("Body", message.content().body());
        received.shown().systemOf(message).forEach((name, value) -> xml.open("Attribute")
                .element("Name", name).element("Value", value).close("Attribute"));
        var attributes = received.shown().userOf(message);
        if (!attributes.isEmpty()) {
            xml.element("MD5OfMessageAttributes", Md5.ofAttributes(attributes));
        }
        attributes.forEach(attribute -> write(xml, attribute));
        xml.close("Message");
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
