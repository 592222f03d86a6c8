package io.otabridge.simulators.huawei;

import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiStore;
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
 * Creates and updates modules as described in "Create an OTA module" and "Modify an OTA module". The simulator does
 * not store products and accepts every product id. Whether an update clears omitted members is not documented; the
 * simulator clears them, which exposes careless clients.
 */
final class HuaweiModuleHandler {

    private static final int MAX_MODULES_PER_PRODUCT = 10;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

    /** The documented rule does not allow spaces, but the documented example "Micro Controller Unit" has them. */
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
        return RequestMembers.of(call).flatMap(body -> {
            String appId = body.required("app_id", HuaweiRouter.SPACE_OR_PRODUCT_ID);
            String productId = body.required("product_id", HuaweiRouter.SPACE_OR_PRODUCT_ID);
            String name = body.required("module_name", NAME);
            @Nullable String alias = body.optional("alias_name", ALIAS);
            @Nullable String description = body.optional("description", DESCRIPTION);
            return body.error()
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

    private Either<HuaweiError, HuaweiModule> create(HuaweiModule module) {
        if (!module.appId().equals(HuaweiSimulator.APP_ID)) {
            return Either.left(HuaweiError.noSuchSpace(module.appId()));
        }
        synchronized (modules) {
            List<HuaweiModule> others = modules.page(
                            Option.some(module.productId()), HuaweiStore.NEWEST, 0, Integer.MAX_VALUE)
                    .records();
            if (others.stream().anyMatch(other -> other.moduleName().equals(module.moduleName()))) {
                return Either.left(HuaweiError.moduleExists(module.moduleName()));
            }
            if (others.size() >= MAX_MODULES_PER_PRODUCT) {
                return Either.left(HuaweiError.tooManyModules(MAX_MODULES_PER_PRODUCT));
            }
            HuaweiModule created = others.stream()
                    .findFirst()
                    .map(other -> module.withProductName(other.productName()))
                    .orElse(module);
            modules.put(created);
            return Either.right(created);
        }
    }

    Either<HuaweiError, HuaweiModule> update(String id, ReceivedRequest call) {
        return RequestMembers.of(call).flatMap(body -> {
            @Nullable String alias = body.optional("alias_name", ALIAS);
            @Nullable String description = body.optional("description", DESCRIPTION);
            return body.error()
                    .<Either<HuaweiError, HuaweiModule>>map(Either::left)
                    .getOrElse(() -> update(id, alias, description));
        });
    }

    private Either<HuaweiError, HuaweiModule> update(String id, @Nullable String alias, @Nullable String description) {
        synchronized (modules) {
            return modules.find(id)
                    .map(module -> module.withTexts(alias, description))
                    .peek(modules::put)
                    .toEither(() -> HuaweiError.unknown("module", id));
        }
    }

    private String newId(String productId, String name) {
        return Digests.md5Hex("created/" + productId + "/" + name + "/" + lastCreated.incrementAndGet());
    }
}
