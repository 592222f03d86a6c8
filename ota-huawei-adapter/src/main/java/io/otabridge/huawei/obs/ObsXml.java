package io.otabridge.huawei.obs;

import io.otabridge.client.transfer.ObjectStoreXml;
import io.otabridge.client.transport.HttpResponse;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
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
            XMLStreamReader reader = ObjectStoreXml.reader(response.body());
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
        String qualified = reader.getLocalName();
        String name = qualified.substring(qualified.indexOf(':') + 1);
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
}
