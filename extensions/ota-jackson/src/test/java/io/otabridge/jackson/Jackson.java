package io.otabridge.jackson;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Both versions of Jackson, each as an application sets it up. */
enum Jackson {
    JACKSON_2 {
        @Override
        String write(Object value, SignedLinks... registered) {
            return write(mapper(registered), value);
        }

        @Override
        String writeAfterSerialization(Object value, SignedLinks... registered) {
            return write(serializeAndRead(mapper(registered)), value);
        }

        @Override
        String writeWithoutModule(Object value) {
            return write(mapperWithoutModule(), value);
        }

        @Override
        String writeFieldsWithoutModule(Object value) {
            return write(
                    mapperWithoutModule()
                            .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
                            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY),
                    value);
        }

        @Override
        @SuppressWarnings("removal")
        HttpMessageConverter<Object> converter(boolean hasModule) {
            ObjectMapper mapper = new ObjectMapper();
            return new MappingJackson2HttpMessageConverter(hasModule ? mapper.findAndRegisterModules() : mapper);
        }

        private static ObjectMapper mapper(SignedLinks... registered) {
            ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
            for (SignedLinks links : registered) {
                mapper.registerModule(new OtaJackson2Module(links));
            }
            return mapper;
        }

        /** Writes instants, which Jackson 2 refuses by default, so that the values after an instant are written too. */
        private static ObjectMapper mapperWithoutModule() {
            return new ObjectMapper()
                    .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                    .registerModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance));
        }

        private static String write(ObjectMapper mapper, Object value) {
            try {
                return mapper.writeValueAsString(value);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    },
    JACKSON_3 {
        @Override
        String write(Object value, SignedLinks... registered) {
            return mapper(registered).writeValueAsString(value);
        }

        @Override
        String writeAfterSerialization(Object value, SignedLinks... registered) {
            return serializeAndRead(mapper(registered)).writeValueAsString(value);
        }

        @Override
        String writeWithoutModule(Object value) {
            return JsonMapper.shared().writeValueAsString(value);
        }

        @Override
        String writeFieldsWithoutModule(Object value) {
            return JsonMapper.builder()
                    .changeDefaultVisibility(
                            visibility -> visibility.with(Visibility.NONE).withFieldVisibility(Visibility.ANY))
                    .build()
                    .writeValueAsString(value);
        }

        @Override
        HttpMessageConverter<Object> converter(boolean hasModule) {
            // The default mapper of Spring finds modules.
            return hasModule
                    ? new JacksonJsonHttpMessageConverter()
                    : new JacksonJsonHttpMessageConverter(JsonMapper.shared());
        }

        private static JsonMapper mapper(SignedLinks... registered) {
            JsonMapper.Builder builder = JsonMapper.builder().findAndAddModules();
            for (SignedLinks links : registered) {
                builder.addModule(new OtaJackson3Module(links));
            }
            return builder.build();
        }
    };

    /** Writes with the module found by the service loader, and with modules registered after it, in this order. */
    abstract String write(Object value, SignedLinks... registered);

    /** Writes like {@link #write} with a mapper that was serialized and read. */
    abstract String writeAfterSerialization(Object value, SignedLinks... registered);

    abstract String writeWithoutModule(Object value);

    /** Writes all fields, private ones too, as some applications configure it. */
    abstract String writeFieldsWithoutModule(Object value);

    abstract HttpMessageConverter<Object> converter(boolean hasModule);

    @SuppressWarnings("unchecked")
    private static <T> T serializeAndRead(T mapper) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(mapper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) input.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
