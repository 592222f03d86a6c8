package io.otabridge.aliyun.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vavr.control.Either;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Converts an XML response to the tree of the equivalent JSON response: an element with child elements becomes an
 * object, another element becomes text, and repeated names become a list. The name of the root and all attributes are
 * dropped. A document type declaration is rejected, so there are no entities other than the five of XML, and nothing
 * outside the document is read.
 */
final class XmlToJsonTree {

    private static final int MAX_DEPTH = 32;

    /** The largest list of the vendor has 100 elements. More than this is an attack on the memory. */
    private static final int MAX_ELEMENTS = 50_000;

    /** Per element. The elements of the platform have no attribute but a namespace. */
    private static final int MAX_ATTRIBUTES = 20;

    private final XMLStreamReader reader;
    private int elements;

    private XmlToJsonTree(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** Returns the tree of the root, or the reason why the body cannot be parsed. */
    static Either<String, JsonNode> read(byte[] xml) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text(xml)));
            try {
                return new XmlToJsonTree(reader).root();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException problem) {
            return Either.left("the body is neither JSON nor well-formed XML");
        } catch (CharacterCodingException problem) {
            return Either.left("the body is XML that is not in UTF-8");
        }
    }

    /** Decodes the text here, because the JDK's parser reports invalid bytes on standard error. */
    private static String text(byte[] xml) throws CharacterCodingException {
        String text =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(xml)).toString();
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // Name lookup in all namespaces in scope takes quadratic time.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty("jdk.xml.elementAttributeLimit", MAX_ATTRIBUTES);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("nothing outside the document is read");
        });
        return factory;
    }

    private Either<String, JsonNode> root() throws XMLStreamException {
        @Nullable JsonNode root = null;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                return Either.left("the body is XML with a document type declaration, which is not accepted");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                root = element(1);
            }
        }
        return root == null ? Either.left("the body is XML without an element") : Either.right(root);
    }

    private JsonNode element(int depth) throws XMLStreamException {
        elements++;
        if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
            throw new XMLStreamException("too many elements");
        }
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> add(members, localName(), element(depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("an undeclared entity");
                case XMLStreamConstants.END_ELEMENT -> {
                    return members.isEmpty() ? JsonNodeFactory.instance.textNode(text.toString()) : members;
                }
                default -> {
                    // Comments and processing instructions are ignored.
                }
            }
        }
    }

    private String localName() {
        String name = reader.getLocalName();
        return name.substring(name.lastIndexOf(':') + 1);
    }

    private static void add(ObjectNode members, String name, JsonNode value) {
        @Nullable JsonNode before = members.get(name);
        if (before instanceof ArrayNode list) {
            list.add(value);
        } else if (before != null) {
            members.putArray(name).add(before).add(value);
        } else {
            members.set(name, value);
        }
    }
}
