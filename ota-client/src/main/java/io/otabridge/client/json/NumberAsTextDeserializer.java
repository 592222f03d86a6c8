package io.otabridge.client.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads a numeric code as text, so that an unknown code is not an error. {@code 2.0} and {@code "2.0"} become {@code 2}; other text
 * is unchanged. Use it with {@code @JsonDeserialize(using = NumberAsTextDeserializer.class)}.
 */
public final class NumberAsTextDeserializer extends StdScalarDeserializer<String> {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,9}(?:\\.0{1,9})?");

    public NumberAsTextDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.currentToken().isNumeric() && !parser.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "neither a number nor a text");
        }
        String text = parser.getText();
        try {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
                return String.valueOf(parser.getDecimalValue().intValueExact());
            }
            return WHOLE.matcher(text.trim()).matches()
                    ? String.valueOf(new BigDecimal(text.trim()).intValueExact())
                    : text;
        } catch (ArithmeticException fractionOrTooLarge) {
            return context.reportInputMismatch(this, "not a whole number of this size");
        }
    }
}
