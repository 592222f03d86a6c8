package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.Xml;
import io.vavr.control.Either;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The XML documents of multipart uploads. */
final class ObsXml {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final XMLInputFactory FACTORY = XMLInputFactory.newFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    }

    private ObsXml() {}

    static String started(MultipartUploads.Upload upload) {
        return new Xml("InitiateMultipartUploadResult")
                .add("Bucket", upload.bucket())
                .add("Key", upload.key())
                .add("UploadId", upload.id())
                .toString();
    }

    static String completed(MultipartUploads.Upload upload, StoredObject object) {
        return new Xml("CompleteMultipartUploadResult")
                .add("Bucket", upload.bucket())
                .add("Key", upload.key())
                .add("ETag", '"' + object.eTag() + '"')
                .toString();
    }

    static String location(String region, boolean isAmazon) {
        return isAmazon
                ? new Xml("CreateBucketConfiguration")
                        .add("LocationConstraint", region)
                        .toString()
                : new Xml("Location").text(region).toString();
    }

    static String parts(MultipartUploads.Upload upload, List<MultipartUploads.Part> parts, int after, int max) {
        List<MultipartUploads.Part> page = parts.subList(0, Math.min(max, parts.size()));
        Xml xml = new Xml("ListPartsResult")
                .add("Bucket", upload.bucket())
                .add("Key", upload.key())
                .add("UploadId", upload.id())
                .add("PartNumberMarker", after)
                .add(
                        "NextPartNumberMarker",
                        page.isEmpty() ? after : page.get(page.size() - 1).number())
                .add("MaxParts", max)
                .add("IsTruncated", page.size() < parts.size());
        for (MultipartUploads.Part part : page) {
            xml.add(
                    "Part",
                    element -> element.add("PartNumber", part.number())
                            .add("LastModified", time(part.lastModified()))
                            .add("ETag", '"' + part.content().md5() + '"')
                            .add("Size", part.content().size()));
        }
        return xml.toString();
    }

    static String uploads(String bucket, String prefix, List<MultipartUploads.Upload> uploads, int max) {
        List<MultipartUploads.Upload> page = uploads.subList(0, Math.min(max, uploads.size()));
        Xml xml = new Xml("ListMultipartUploadsResult").add("Bucket", bucket).add("Prefix", prefix);
        if (page.size() < uploads.size()) {
            xml.add("NextKeyMarker", page.get(page.size() - 1).key())
                    .add("NextUploadIdMarker", page.get(page.size() - 1).id());
        }
        xml.add("MaxUploads", max).add("IsTruncated", page.size() < uploads.size());
        for (MultipartUploads.Upload upload : page) {
            xml.add(
                    "Upload",
                    element -> element.add("Key", upload.key())
                            .add("UploadId", upload.id())
                            .add("Initiated", time(upload.initiated())));
        }
        return xml.toString();
    }

    /** Reads the parts that a client names to complete an upload. */
    static Either<StoreError, List<MultipartUploads.NamedPart>> namedParts(byte[] xml) {
        List<MultipartUploads.NamedPart> parts = new ArrayList<>();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            int number = 0;
            String eTag = "";
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("PartNumber")) {
                    number = Integer.parseInt(reader.getElementText().trim());
                } else if (event == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("ETag")) {
                    eTag = reader.getElementText().replace("\"", "").trim();
                } else if (event == XMLStreamReader.END_ELEMENT
                        && reader.getLocalName().equals("Part")) {
                    parts.add(new MultipartUploads.NamedPart(number, eTag));
                }
            }
            return Either.right(parts);
        } catch (XMLStreamException | NumberFormatException e) {
            return Either.left(new StoreError(400, "MalformedXML", "The XML that you provided was not well-formed."));
        }
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }
}
