package io.otabridge.huawei.obs;

import io.otabridge.client.transport.HttpResponse;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of a response of OBS. Namespaces are ignored. Immutable. */
record ObsXml(String name, String text, List<ObsXml> children) {

    private static final int MAX_DEPTH = 16;

    /**
     * Parses a response.
     *
     * @return the root element, or the reason why the response cannot be read
     */
    static Either<String, ObsXml> parse(HttpResponse response) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(response.body()));
            reader.nextTag();
            return Either.right(element(reader, 0));
        } catch (XMLStreamException notXml) {
            return Either.left("it is not the expected XML");
        }
    }

    /** Returns the child elements with this name. */
    List<ObsXml> all(String child) {
        return children.filter(element -> element.name().equals(child));
    }

    /** Returns the text of the first child element with this name; absent if it is missing or empty. */
    Option<String> value(String child) {
        return all(child).headOption().map(ObsXml::text).filter(value -> !value.isEmpty());
    }

    private static ObsXml element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("too many levels");
        }
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        java.util.List<ObsXml> children = new ArrayList<>();
        for (int event; (event = reader.next()) != XMLStreamConstants.END_ELEMENT; ) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
        }
        return new ObsXml(name, children.isEmpty() ? text.toString() : "", List.ofAll(children));
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        return factory;
    }
}
