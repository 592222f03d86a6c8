package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Creates, updates and deletes modules as described in "CreateOTAModule", "UpdateOTAModule" and "DeleteOTAModule". The
 * error code for a missing module is not documented; the simulator uses that of an invalid parameter. Whether an
 * update clears omitted members is not documented either; the simulator clears them, which exposes careless clients.
 */
final class AliyunModuleHandler {

    private static final String DEFAULT = "default";
    private static final int MAX_CUSTOM_MODULES = 10;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

    private final AliyunStore store;
    private final Clock clock;

    AliyunModuleHandler(AliyunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Creates a module. Returns the error; none on success. */
    Option<AliyunError> create(AliyunRequest call) {
        return store.atomically(() -> checkTexts(call, "CreateOTAModule")
                .orElse(() -> checkProduct(call))
                .orElse(() -> Option.when(
                        name(call).equalsIgnoreCase(DEFAULT) || module(call).isDefined(), AliyunError::moduleNameTaken))
                .orElse(() -> Option.when(customModules(call) >= MAX_CUSTOM_MODULES, AliyunError::tooManyModules))
                .onEmpty(() -> store.put(new AliyunModule(
                        product(call), name(call), text(call, "AliasName"), text(call, "Desc"), now(), now()))));
    }

    /** Updates a module. Returns the error; none on success. */
    Option<AliyunError> update(AliyunRequest call) {
        return store.atomically(() -> checkTexts(call, "UpdateOTAModule")
                .orElse(() -> checkProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunError.noSuchModule("UpdateOTAModule")))
                .onEmpty(() -> module(call)
                        .forEach(existing -> store.put(new AliyunModule(
                                existing.productKey(),
                                existing.moduleName(),
                                text(call, "AliasName"),
                                text(call, "Desc"),
                                existing.gmtCreate(),
                                now())))));
    }

    /** Deletes a module. Returns the error; none on success. */
    Option<AliyunError> delete(AliyunRequest call) {
        return store.atomically(() -> Option.when(name(call).equalsIgnoreCase(DEFAULT), AliyunError::defaultModuleStays)
                .orElse(() -> checkProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunError.noSuchModule("DeleteOTAModule")))
                .orElse(() -> Option.when(hasPackages(call), AliyunError::moduleHasPackages))
                .onEmpty(() -> store.removeModule(product(call), name(call))));
    }

    private static Option<AliyunError> checkTexts(AliyunRequest call, String operation) {
        boolean areValid = name(call).matches("[A-Za-z0-9._-]{1,64}")
                && length(text(call, "AliasName")) <= 64
                && length(text(call, "Desc")) <= 100;
        return Option.when(!areValid, () -> AliyunError.wrongModule(operation));
    }

    private Option<AliyunError> checkProduct(AliyunRequest call) {
        return Option.when(!store.hasProduct(product(call)), AliyunError::noSuchProduct);
    }

    private long customModules(AliyunRequest call) {
        return store.modules(product(call)).stream()
                .filter(module -> !module.moduleName().equals(DEFAULT))
                .count();
    }

    private boolean hasPackages(AliyunRequest call) {
        return store.firmware(Option.some(product(call)), Option.none()).stream()
                .anyMatch(firmware -> firmware.moduleName().equalsIgnoreCase(name(call)));
    }

    private Option<AliyunModule> module(AliyunRequest call) {
        return store.findModule(product(call), name(call));
    }

    private static String product(AliyunRequest call) {
        return text(call, "ProductKey");
    }

    private static String name(AliyunRequest call) {
        return text(call, "ModuleName");
    }

    private static String text(AliyunRequest call, String parameter) {
        return call.parameter(parameter).getOrElse("");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private String now() {
        return MINUTES.format(clock.instant());
    }
}
