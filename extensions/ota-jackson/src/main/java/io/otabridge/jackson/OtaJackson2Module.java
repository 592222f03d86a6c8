package io.otabridge.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes results and failures as JSON with Jackson 2. {@code ObjectMapper.findAndRegisterModules()} finds the module;
 * Spring Boot 3 uses it if it is a bean. Reading is not supported.
 */
public final class OtaJackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** Creates a module that masks download links. */
    public OtaJackson2Module() {
        this(SignedLinks.MASKED);
    }

    /** Creates a module. If several are registered, the last one applies. */
    public OtaJackson2Module(SignedLinks links) {
        super(OtaJackson2Module.class.getName());
        new ResultJson(links).forEach((type, json) -> addSerializer(type, new ResultSerializer(links, type, json)));
    }

    /** Returns null, because Jackson ignores a registration whose id is known already. */
    @Override
    public @Nullable Object getTypeId() {
        return null;
    }

    private static final class ResultSerializer extends StdSerializer<Object> {

        private static final long serialVersionUID = 1L;

        private final SignedLinks links;
        private final transient Function<Object, @Nullable Object> json;

        ResultSerializer(SignedLinks links, Class<?> type, Function<Object, @Nullable Object> json) {
            super(type, false);
            this.links = links;
            this.json = json;
        }

        /** Looks up the function of a serializer that was read from a serialized mapper. */
        private Object readResolve() {
            Class<?> type = handledType();
            return new ResultSerializer(links, type, new ResultJson(links).function(type));
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            write(json.apply(value), generator, provider);
        }

        /** Writes no type ids, because reading is not supported. */
        @Override
        public void serializeWithType(
                Object value, JsonGenerator generator, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            serialize(value, generator, provider);
        }

        private static void write(@Nullable Object value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
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
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue(), generator, provider);
                }
                generator.writeEndObject();
            } else if (value instanceof Seq<?> items) {
                generator.writeStartArray();
                for (Object item : items) {
                    write(item, generator, provider);
                }
                generator.writeEndArray();
            } else {
                provider.defaultSerializeValue(value, generator);
            }
        }
    }
}
