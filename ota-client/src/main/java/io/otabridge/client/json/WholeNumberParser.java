package io.otabridge.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole numbers in all notations of RFC 8259, section 6: {@code 924}, {@code 924.0}, {@code 9.24E2}, each also as text.
 * Rejects numbers with a fraction or out of range.
 */
final class WholeNumberParser {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?");

    private WholeNumberParser() {}

    /** A module with deserializers for {@link Long} and {@link Integer}. */
    static SimpleModule module() {
        return new SimpleModule()
                .addDeserializer(Long.class, new Reader<>(Long.class) {
                    @Override
                    Long exact(BigDecimal number) {
                        return number.longValueExact();
                    }
                })
                .addDeserializer(Integer.class, new Reader<>(Integer.class) {
                    @Override
                    Integer exact(BigDecimal number) {
                        return number.intValueExact();
                    }
                });
    }

    private abstract static class Reader<N> extends StdScalarDeserializer<N> {

        Reader(Class<N> type) {
            super(type);
        }

        /** @throws ArithmeticException if the number has a fraction or is too large */
        abstract N exact(BigDecimal number);

        @Override
        public @Nullable N deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().isBlank()) {
                return null;
            }
            try {
                if (parser.currentToken().isNumeric() && !parser.isNaN()) {
                    return exact(parser.getDecimalValue());
                }
                String text = parser.hasToken(JsonToken.VALUE_STRING)
                        ? parser.getText().trim()
                        : "";
                if (NUMBER.matcher(text).matches()) {
                    return exact(new BigDecimal(text));
                }
            } catch (ArithmeticException fractionOrTooLarge) {
                return context.reportInputMismatch(this, "not a whole number of this size");
            }
            return context.reportInputMismatch(this, "not a whole number");
        }
    }
}
