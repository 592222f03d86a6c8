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
 * Reads JSON into a type of wire object. Lenient where vendors' responses vary: ignores unknown fields, matches names
 * case-insensitively, and accepts whole numbers written as {@code 924.0}, {@code 9.24E2} or text. Strict where a conversion would
 * lose information: rejects fractions for whole numbers, booleans for text and objects for scalars. Also rejects objects with
 * duplicate names (case-insensitive), invalid UTF-8, and content after the value. Thread-safe.
 *
 * @param <T> the type of the wire object
 */
public final class LenientJsonReader<T> {

    /** Limits memory. The largest list that a vendor returns has 100 elements. */
    private static final int MAX_TOKENS = 200_000;

    /** Limits CPU time: parsing a number takes time quadratic in its digits. */
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonMapper CASE_INSENSITIVE = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
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

    /** Matches names case-sensitively, which is faster. A name that differs from a declared name only in case is an error. */
    private static final JsonMapper CASE_SENSITIVE = CASE_INSENSITIVE
            .rebuild()
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

    private static final ObjectReader TREES = CASE_INSENSITIVE.reader();
    private static final String DUPLICATE_NAME = "an object has the same name twice";

    private final ObjectReader caseInsensitive;
    private final ObjectReader caseSensitive;

    private LenientJsonReader(ObjectReader caseInsensitive, ObjectReader caseSensitive) {
        this.caseInsensitive = caseInsensitive;
        this.caseSensitive = caseSensitive;
    }

    /** A reader for a type. Create it once; it is expensive. */
    public static <T> LenientJsonReader<T> of(Class<T> type) {
        return new LenientJsonReader<>(CASE_INSENSITIVE.readerFor(type), CASE_SENSITIVE.readerFor(type));
    }

    /**
     * Reads UTF-8 bytes.
     *
     * @return the object, or a description of the problem that contains no part of the input
     */
    public Either<String, T> read(byte[] json) {
        if (json.length == 0) {
            return Either.left("the body is empty");
        }
        if (!Utf8Validator.isValid(json)) {
            return Either.left("the body is not valid UTF-8");
        }
        try {
            return requireNonNull(caseSensitive.readValue(json));
        } catch (IOException otherCaseOrInvalid) {
            return readCaseInsensitive(json);
        }
    }

    private Either<String, T> readCaseInsensitive(byte[] json) {
        try {
            Either<String, T> value = requireNonNull(caseInsensitive.readValue(json));
            return value.isRight() && hasDuplicateName(TREES.readTree(json)) ? Either.left(DUPLICATE_NAME) : value;
        } catch (IOException problem) {
            return Either.left(describe(problem));
        }
    }

    /**
     * Reads a tree.
     *
     * @return the object, or a description of the problem that contains no values of the tree
     */
    public Either<String, T> read(JsonNode tree) {
        try {
            return hasDuplicateName(tree)
                    ? Either.left(DUPLICATE_NAME)
                    : requireNonNull(caseInsensitive.readValue(tree));
        } catch (IOException problem) {
            return Either.left(describe(problem));
        }
    }

    /** Whether an object in the tree has two names that differ only in case. The parser rejects equal names. */
    private static boolean hasDuplicateName(JsonNode tree) {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            if (!names.add(member.getKey().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode() && hasDuplicateName(child)) {
                return true;
            }
        }
        return false;
    }

    private Either<String, T> requireNonNull(@Nullable T value) {
        return value == null ? Either.left("the body is null") : Either.right(value);
    }

    private static String describe(IOException problem) {
        Throwable cause = problem.getCause() instanceof JsonProcessingException inner ? inner : problem;
        if (cause instanceof StreamConstraintsException) {
            return "the body is nested too deeply, or has too many or too long parts";
        }
        if (cause instanceof JsonParseException syntax) {
            if (String.valueOf(syntax.getOriginalMessage()).startsWith("Duplicate field")) {
                return DUPLICATE_NAME;
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
