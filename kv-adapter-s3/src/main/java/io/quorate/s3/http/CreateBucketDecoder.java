package io.quorate.s3.http;

import static javax.xml.stream.XMLStreamConstants.CHARACTERS;
import static javax.xml.stream.XMLStreamConstants.END_ELEMENT;
import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import io.quorate.aws.xml.HardenedXml;
import io.quorate.s3.error.S3Error;
import io.quorate.s3.error.S3Exception;
import io.quorate.s3.model.BucketName;
import io.quorate.s3.operation.CreateBucket;
import io.quorate.s3.operation.CreateBucketRequest;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads CreateBucket. Pure functions. */
final class CreateBucketDecoder {
    /** Any region may be named; this is what they look like, and EU is one of old. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d{1,2}|EU");
    private static final String CONFIGURATION = "CreateBucketConfiguration";
    private static final String LOCATION = "LocationConstraint";

    private CreateBucketDecoder() {}

    static CreateBucketRequest decode(String bucket, byte[] body) {
        if (!BucketName.isValid(bucket)) {
            throw new S3Exception(S3Error.INVALID_BUCKET_NAME).with("BucketName", bucket);
        }
        if (BucketName.isReserved(bucket)) {
            throw new S3Exception(S3Error.INVALID_BUCKET_NAME,
                    "The bucket name is a path of the server's own.").with("BucketName", bucket);
        }
        String region = body.length == 0 ? CreateBucket.DEFAULT_REGION : region(body);
        return new CreateBucketRequest(bucket, region);
    }

    private static String region(byte[] body) {
        String region = "";
        try {
            XMLStreamReader xml = HardenedXml.reader(body);
            StringBuilder text = new StringBuilder();
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case START_ELEMENT -> checkElement(xml.getLocalName());
                    case CHARACTERS -> text.append(xml.getText());
                    case END_ELEMENT -> {
                        if (xml.getLocalName().equals(LOCATION)) {
                            region = text.toString().strip();
                        }
                    }
                    default -> {
                        // Comments and the document's ends say nothing.
                    }
                }
            }
        } catch (XMLStreamException malformed) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        return checkedRegion(region);
    }

    private static void checkElement(String name) {
        if (!name.equals(CONFIGURATION) && !name.equals(LOCATION)) {
            throw S3Exception.notImplemented(name);
        }
    }

    private static String checkedRegion(String region) {
        if (region.isEmpty()) {
            return CreateBucket.DEFAULT_REGION;
        }
        if (!REGION.matcher(region).matches()) {
            throw new S3Exception(S3Error.INVALID_LOCATION_CONSTRAINT).with(LOCATION, region);
        }
        return region;
    }
}
