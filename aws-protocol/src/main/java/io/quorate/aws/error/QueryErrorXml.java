package io.quorate.aws.error;

import io.quorate.aws.request.RequestId;
import io.quorate.aws.xml.XmlWriter;

/** The error document of SQS's Query protocol. */
public final class QueryErrorXml {
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

    private QueryErrorXml() {}

    /** The document. */
    public static byte[] render(AwsError error, RequestId requestId) {
        XmlWriter xml = new XmlWriter(512).declaration();
        xml.openIn("ErrorResponse", NAMESPACE).open("Error")
                .element("Type", error.senderFault() ? "Sender" : "Receiver")
                .element("Code", error.queryCode()).element("Message", error.message());
        error.details().forEach(xml::element);
        return xml.empty("Detail").close("Error").element("RequestId", requestId.value())
                .close("ErrorResponse").toBytes();
    }
}
