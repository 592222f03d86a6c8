package io.otabridge.client.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.vavr.control.Either;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into one type of wire object. Lenient where vendors are known to drift: unknown members are passed over,
 * names match in any case, a whole number may be written as {@code 924.0}, {@code 9.24E2} or as text. Strict where leniency
 * would guess: no fraction becomes a whole number, no truth value a text, no object a scalar; no name may occur twice in an
 * object, in whatever case; the bytes must be valid UTF-8; and nothing may follow the value. Safe for many threads.
 *
 * @param <T> the wire object
 */
public final class LenientJsonReader<T> {

    /** The largest list a vendor answers has 100 elements; more than this is an attack on the memory. */
    private static final int MOST_TOKENS = 200_000;

    /** Reading a number costs the square of its digits. */
    private static final int LONGEST_NUMBER = 100;

    private static final JsonMapper ANY_CASE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(WholeNumberParser.module())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.EAGER_DESERIALIZER_FETCH)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .withCoercionConfig(
                    LogicalType.Boolean, config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
            .build();

    /** For names as they are declared, which costs less; a name that differs from one of them in case alone is an error here. */
    private static final JsonMapper DECLARED_CASE = ANY_CASE.rebuild()
            .disable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .addHandler(new DeserializationProblemHandler() {
                @Override
                public boolean handleUnknownProperty(
                        DeserializationContext context,
                        JsonParser parser,
                        JsonDeserializer<?> deserializer,
                        Object beanOrClass,
                        String name)
                        throws IOException {
                    for (Object known : deserializer.getKnownPropertyNames()) {
                        if (name.equalsIgnoreCase(String.valueOf(known))) {
                            throw JsonMappingException.from(parser, "a name in another case");
                        }
                    }
                    parser.skipChildren();
                    return true;
                }
            })
            .build();

    private static final ObjectReader TREES = ANY_CASE.reader();
    private static final String REPEATED = "an object has the same name twice";

    private final ObjectReader inAnyCase;
    private final ObjectReader asDeclared;

    private LenientJsonReader(ObjectReader inAnyCase, ObjectReader asDeclared) {
        this.inAnyCase = inAnyCase;
        this.asDeclared = asDeclared;
    }

    public static <T> LenientJsonReader<T> of(Class<T> type) {
        return new LenientJsonReader<>(ANY_CASE.readerFor(type), DECLARED_CASE.readerFor(type));
    }

    /** The object in these bytes, or in words why there is none; the words never repeat the bytes. */
    public Either<String, T> read(byte[] json) {
        if (json.length == 0) {
            return Either.left("the body is empty");
        }
        if (!Utf8Validator.isValid(json)) {
            return Either.left("the body is not valid UTF-8");
        }
        try {
            return orNothing(asDeclared.readValue(json));
        } catch (IOException anotherCaseOrWrong) {
            return readInAnyCase(json);
        }
    }

    private Either<String, T> readInAnyCase(byte[] json) {
        try {
            Either<String, T> value = orNothing(inAnyCase.readValue(json));
            return value.isRight() && repeatsName(TREES.readTree(json)) ? Either.left(REPEATED) : value;
        } catch (IOException problem) {
            return Either.left(words(problem));
        }
    }

    /** The object in this tree, or in words why there is none. */
    public Either<String, T> read(JsonNode tree) {
        try {
            return repeatsName(tree) ? Either.left(REPEATED) : orNothing(inAnyCase.readValue(tree));
        } catch (IOException problem) {
            return Either.left(words(problem));
        }
    }

    /** Whether an object in this tree has two names that differ in case alone; the parser has refused equal ones. */
    private static boolean repeatsName(JsonNode tree) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            if (!names.add(member.getKey().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode() && repeatsName(child)) {
                return true;
            }
        }
        return false;
    }

    private Either<String, T> orNothing(@Nullable T value) {
        return value == null ? Either.left("the body is null") : Either.right(value);
    }

    private static String words(IOException problem) {
        Throwable cause = problem.getCause() instanceof JsonProcessingException inner ? inner : problem;
        if (cause instanceof StreamConstraintsException) {
            return "the body is nested too deeply, or has too many or too long parts";
        }
        if (cause instanceof JsonParseException syntax) {
            if (String.valueOf(syntax.getOriginalMessage()).startsWith("Duplicate field")) {
                return REPEATED;
            }
            long at = syntax.getLocation().getByteOffset();
            return "the body is not JSON, or cut off" + (at < 0 ? "" : ", at byte " + at);
        }
        if (problem instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            return "member " + path + " has the wrong type";
        }
        return "the body is JSON of the wrong type, or followed by more";
    }
}
