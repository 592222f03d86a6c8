package io.otabridge.jackson;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** Both versions of Jackson, each as an application sets it up. */
enum Jackson {
    JACKSON_2 {
        @Override
        String write(Object value) {
            return write(new ObjectMapper().findAndRegisterModules(), value);
        }

        @Override
        String writeRevealed(Object value) {
            return write(
                    new ObjectMapper()
                            .findAndRegisterModules()
                            .registerModule(new OtaJackson2Module(SignedLinks.REVEALED)),
                    value);
        }

        @Override
        String writeWithoutModule(Object value) {
            return write(new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS), value);
        }

        @Override
        String writeFieldsWithoutModule(Object value) {
            return write(
                    new ObjectMapper()
                            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
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
        String write(Object value) {
            return JsonMapper.builder().findAndAddModules().build().writeValueAsString(value);
        }

        @Override
        String writeRevealed(Object value) {
            return JsonMapper.builder()
                    .findAndAddModules()
                    .addModule(new OtaJackson3Module(SignedLinks.REVEALED))
                    .build()
                    .writeValueAsString(value);
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
    };

    /** Writes with the module found by the service loader. */
    abstract String write(Object value);

    /** Writes with a module that reveals links, registered after the one that was found. */
    abstract String writeRevealed(Object value);

    abstract String writeWithoutModule(Object value);

    /** Writes all fields, private ones too, as some applications configure it. */
    abstract String writeFieldsWithoutModule(Object value);

    abstract HttpMessageConverter<Object> converter(boolean hasModule);
}
