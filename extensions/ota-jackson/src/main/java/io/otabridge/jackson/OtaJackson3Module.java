package io.otabridge.jackson;

import io.vavr.collection.Seq;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes results and failures as JSON with Jackson 3. {@code JsonMapper.Builder.findAndAddModules()} finds the module;
 * Spring 7 and Spring Boot 4 do so by default. Reading is not supported.
 */
public final class OtaJackson3Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private final SignedLinks links;

    /** Creates a module that masks download links. */
    public OtaJackson3Module() {
        this(SignedLinks.MASKED);
    }

    /** Creates a module. If several are registered, the last one applies. */
    public OtaJackson3Module(SignedLinks links) {
        super(OtaJackson3Module.class.getName());
        this.links = links;
        new ResultJson(links).forEach((type, json) -> addSerializer(type, new ResultSerializer(json)));
    }

    /** A serialized mapper contains the module without its serializers. */
    private Object writeReplace() {
        return new Serialized(links);
    }

    private record Serialized(SignedLinks links) implements Serializable {

        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return new OtaJackson3Module(links);
        }
    }

    private static final class ResultSerializer extends StdSerializer<Object> {

        private final Function<Object, @Nullable Object> json;

        ResultSerializer(Function<Object, @Nullable Object> json) {
            super(Object.class);
            this.json = json;
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            write(json.apply(value), generator, context);
        }

        /** Writes no type ids, because reading is not supported. */
        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            serialize(value, generator, context);
        }

        private static void write(@Nullable Object value, JsonGenerator generator, SerializationContext context) {
            if (value == null) {
                generator.writeNull();
            } else if (value instanceof String text) {
                generator.writeString(text);
            } else if (value instanceof Integer number) {
                generator.writeNumber(number.intValue());
            } else if (value instanceof Long number) {
                generator.writeNumber(number.longValue());
            } else if (value instanceof Boolean flag) {
                generator.writeBoolean(flag);
            } else if (value instanceof Map<?, ?> object) {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : object.entrySet()) {
                    generator.writeName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), generator, context);
                }
                generator.writeEndObject();
            } else if (value instanceof Seq<?> items) {
                generator.writeStartArray();
                for (Object item : items) {
                    write(item, generator, context);
                }
                generator.writeEndArray();
            } else {
                context.writeValue(generator, value);
            }
        }
    }
}
