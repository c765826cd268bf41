package io.quorate.sqs.row;

import io.quorate.kv.Value;
import io.quorate.kv.row.RowReader;
import io.quorate.kv.row.RowWriter;
import io.quorate.sqs.model.MessageAttribute;
import io.quorate.sqs.model.MessageContent;
import io.quorate.sqs.model.MessageState;
import io.quorate.sqs.model.Place;
import io.quorate.sqs.model.ReceiptHandle;
import io.quorate.sqs.model.ReceivedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The stored forms of messages. Pure functions. */
public final class MessageRows {
    private static final int VERSION = QueueRows.VERSION;

    private MessageRows() {}

    /** The row of a message's state. */
    public static Value encode(MessageState state) {
        return write(new RowWriter(VERSION), state).toValue();
    }

    /** The state that a row holds. */
    public static MessageState state(Value row) {
        return state(new RowReader(row, VERSION));
    }

    /** The row of what a message says. */
    public static Value encode(MessageContent content) {
        return write(new RowWriter(VERSION), content).toValue();
    }

    /** What a row says. */
    public static MessageContent content(Value row) {
        return content(new RowReader(row, VERSION));
    }

    /** Writes a place. */
    public static RowWriter write(RowWriter out, Place place) {
        return out.text(place.lane()).number(place.sequence());
    }

    /** Reads a place. */
    public static Place place(RowReader in) {
        return new Place(in.text(), in.longNumber());
    }

    /** Writes a receipt. */
    public static RowWriter write(RowWriter out, ReceiptHandle receipt) {
        out.id(receipt.queue()).number(receipt.epoch());
        return write(out, receipt.place()).number(receipt.receiveCount());
    }

    /** Reads a receipt. */
    public static ReceiptHandle receipt(RowReader in) {
        return new ReceiptHandle(in.id(), in.number(), place(in), in.number());
    }

    /** Writes a message. */
    public static void write(RowWriter out, ReceivedMessage message) {
        write(out, message.content());
        write(out, message.receipt());
        write(out, message.state());
    }

    /** Reads a message. */
    public static ReceivedMessage message(RowReader in) {
        return new ReceivedMessage(content(in), receipt(in), state(in));
    }

    /** Writes what a message says. */
    public static RowWriter write(RowWriter out, MessageContent content) {
        MessageContent.Origin origin = content.origin();
        out.id(content.id()).text(content.body()).text(origin.senderId())
                .text(origin.traceHeader()).text(origin.groupId()).text(origin.deduplicationId())
                .text(origin.deadLetterSourceArn()).number(content.attributes().size());
        for (MessageAttribute attribute : content.attributes()) {
            out.text(attribute.name()).text(attribute.dataType()).flag(attribute.binary())
                    .bytes(attribute.value());
        }
        return out;
    }

    /** Reads what a message says. */
    public static MessageContent content(RowReader in) {
        UUID id = in.id();
        String body = in.text();
        MessageContent.Origin origin = new MessageContent.Origin(in.text(), in.optionalText(),
                in.optionalText(), in.optionalText(), in.optionalText());
        List<MessageAttribute> attributes = new ArrayList<>();
        for (int left = in.number(); left > 0; left--) {
            attributes.add(new MessageAttribute(in.text(), in.text(), in.flag(), in.bytes()));
        }
        return new MessageContent(id, body, attributes, origin);
    }

    private static RowWriter write(RowWriter out, MessageState state) {
        return out.number(state.sentMillis()).number(state.visibleAtMillis())
                .number(state.receiveCount()).number(state.firstReceivedMillis());
    }

    private static MessageState state(RowReader in) {
        return new MessageState(in.longNumber(), in.longNumber(), in.number(), in.longNumber());
    }
}
