package io.otabridge.simulators.huawei;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.ReceivedRequest;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates and changes modules by the rules of the documents "Create an OTA module" and "Modify an OTA module". A simulator knows no products, so it takes every product id. Whether a change clears what it
 * leaves out is not documented; here it does, which is the worse for a client.
 */
final class HuaweiModuleHandler {

    private static final int MOST_OF_A_PRODUCT = 10;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TextNode NOTHING = TextNode.valueOf("");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    /** The document's rule has no blanks, its example "Micro Controller Unit" has. */
    private static final Pattern ALIAS = Pattern.compile("[\\u4e00-\\u9fa5a-zA-Z0-9_. -]{1,64}");

    private static final Pattern DESCRIPTION = Pattern.compile("(?s).{1,1024}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final HuaweiStore<Option<String>, HuaweiModule> modules;
    private final Clock clock;
    private final AtomicLong lastCreated = new AtomicLong();

    HuaweiModuleHandler(HuaweiStore<Option<String>, HuaweiModule> modules, Clock clock) {
        this.modules = modules;
        this.clock = clock;
    }

    Either<HuaweiError, HuaweiModule> create(ReceivedRequest call) {
        return Body.of(call).flatMap(body -> {
            String appId = body.required("app_id", HuaweiRouter.SPACE_OR_PRODUCT_ID);
            String productId = body.required("product_id", HuaweiRouter.SPACE_OR_PRODUCT_ID);
            String name = body.required("module_name", NAME);
            @Nullable String alias = body.optional("alias_name", ALIAS);
            @Nullable String description = body.optional("description", DESCRIPTION);
            return body.refusal()
                    .<Either<HuaweiError, HuaweiModule>>map(Either::left)
                    .getOrElse(() -> create(new HuaweiModule(
                            newId(productId, name),
                            appId,
                            productId,
                            null,
                            name,
                            alias,
                            description,
                            TIME.format(clock.instant()))));
        });
    }

    private Either<HuaweiError, HuaweiModule> create(HuaweiModule asked) {
        if (!asked.appId().equals(HuaweiSimulator.APP_ID)) {
            return Either.left(HuaweiError.noSuchSpace(asked.appId()));
        }
        synchronized (modules) {
            List<HuaweiModule> others = modules.page(
                            Option.some(asked.productId()), HuaweiRouter.NEWEST, 0, Integer.MAX_VALUE)
                    .records();
            if (others.stream().anyMatch(other -> other.moduleName().equals(asked.moduleName()))) {
                return Either.left(HuaweiError.moduleExists(asked.moduleName()));
            }
            if (others.size() >= MOST_OF_A_PRODUCT) {
                return Either.left(HuaweiError.tooManyModules(MOST_OF_A_PRODUCT));
            }
            HuaweiModule made = others.stream()
                    .findFirst()
                    .map(other -> asked.ofProductNamed(other.productName()))
                    .orElse(asked);
            modules.put(made);
            return Either.right(made);
        }
    }

    Either<HuaweiError, HuaweiModule> update(String id, ReceivedRequest call) {
        return Body.of(call).flatMap(body -> {
            @Nullable String alias = body.optional("alias_name", ALIAS);
            @Nullable String description = body.optional("description", DESCRIPTION);
            return body.refusal()
                    .<Either<HuaweiError, HuaweiModule>>map(Either::left)
                    .getOrElse(() -> update(id, alias, description));
        });
    }

    private Either<HuaweiError, HuaweiModule> update(String id, @Nullable String alias, @Nullable String description) {
        synchronized (modules) {
            return modules.find(id)
                    .map(there -> there.described(alias, description))
                    .peek(modules::put)
                    .toEither(() -> HuaweiError.unknown("module", id));
        }
    }

    private String newId(String productId, String name) {
        return Digests.md5Hex("created/" + productId + "/" + name + "/" + lastCreated.incrementAndGet());
    }

    /** Reads the members of a body and remembers the first that is wrong. */
    private static final class Body {

        private final JsonNode members;
        private Option<HuaweiError> refusal = Option.none();

        private Body(JsonNode members) {
            this.members = members;
        }

        static Either<HuaweiError, Body> of(ReceivedRequest call) {
            boolean isJson = call.header("content-type").exists(type -> type.startsWith("application/json"));
            try {
                JsonNode members = JSON.readTree(call.body());
                return isJson && members.isObject()
                        ? Either.right(new Body(members))
                        : Either.left(HuaweiError.malformed());
            } catch (JsonProcessingException e) {
                return Either.left(HuaweiError.malformed());
            }
        }

        String required(String name, Pattern rule) {
            @Nullable String text = optional(name, rule);
            if (text == null) {
                refuse(name);
            }
            return String.valueOf(text);
        }

        /** A text that is not there may be null, or empty. */
        @Nullable String optional(String name, Pattern rule) {
            JsonNode member = members.path(name);
            if (member.isMissingNode() || member.isNull() || member.equals(NOTHING)) {
                return null;
            }
            if (!member.isTextual() || !rule.matcher(member.textValue()).matches()) {
                refuse(name);
            }
            return member.asText();
        }

        Option<HuaweiError> refusal() {
            return refusal;
        }

        private void refuse(String name) {
            refusal = refusal.orElse(Option.some(HuaweiError.invalid(name)));
        }
    }
}
