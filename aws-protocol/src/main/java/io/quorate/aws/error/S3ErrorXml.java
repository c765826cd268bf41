package io.quorate.aws.error;

import io.quorate.aws.request.RequestId;
import io.quorate.aws.xml.XmlWriter;

/** S3's error document. Source: Amazon S3 API reference, "Error responses". */
public final class S3ErrorXml {
    private S3ErrorXml() {}

    /** The document; details come between the message and the resource. */
    public static byte[] render(AwsError error, RequestId requestId, String resource) {
        XmlWriter xml = new XmlWriter(512).declaration();
        xml.open("Error").element("Code", error.code()).element("Message", error.message());
        error.details().forEach(xml::element);
        if (!error.details().containsKey("Resource")) {
            xml.element("Resource", resource);
        }
        return xml.element("RequestId", requestId.value()).element("HostId", requestId.hostId())
                .close("Error").toBytes();
    }
}
