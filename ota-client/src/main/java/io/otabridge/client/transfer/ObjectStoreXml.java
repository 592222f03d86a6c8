package io.otabridge.client.transfer;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML of an object store, which is not trusted: without document type, external entities, with
 * a limit for attributes. Names contain their namespace prefix.
 */
public final class ObjectStoreXml {

    private static final int MAX_ATTRIBUTES = 20;
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^\uFEFF");

    private ObjectStoreXml() {}

    /**
     * Returns a reader of a document in UTF-8.
     *
     * @throws XMLStreamException if the document has a document type, or cannot be read. With a document type, the parser
     *     of the JDK throws other exceptions too
     */
    public static XMLStreamReader reader(byte[] document) throws XMLStreamException {
        // A text, because the parser of the JDK writes malformed bytes to the standard error stream.
        String text = BYTE_ORDER_MARK
                .matcher(new String(document, StandardCharsets.UTF_8))
                .replaceFirst("");
        if (text.contains("<!DOCTYPE")) {
            throw new XMLStreamException("the document has a document type");
        }
        return factory().createXMLStreamReader(new StringReader(text));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", MAX_ATTRIBUTES);
        return factory;
    }
}
