package io.otabridge.simulators.aliyun;

import io.vavr.control.Option;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Changes modules by the rules of the documents "CreateOTAModule", "UpdateOTAModule" and "DeleteOTAModule". They do not say
 * which code a missing module answers with; here it is that of a wrong parameter. Nor do they say what becomes of what an
 * update leaves out; here it is cleared, which is what hurts a careless client.
 */
final class AliyunModuleHandler {

    private static final String DEFAULT = "default";
    private static final int MOST_CUSTOM_MODULES = 10;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

    private final AliyunStore catalogue;
    private final Clock clock;

    AliyunModuleHandler(AliyunStore catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Why there is no new module; none if there is. */
    Option<AliyunError> create(AliyunRequest call) {
        return catalogue.concurrency(() -> wrongTexts(call, "CreateOTAModule")
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(
                        name(call).equalsIgnoreCase(DEFAULT) || module(call).isDefined(), AliyunError::moduleNameTaken))
                .orElse(() -> Option.when(customModules(call) >= MOST_CUSTOM_MODULES, AliyunError::tooManyModules))
                .onEmpty(() -> catalogue.put(new AliyunModule(
                        product(call), name(call), text(call, "AliasName"), text(call, "Desc"), now(), now()))));
    }

    /** Why the module stays as it is; none if it does not. */
    Option<AliyunError> update(AliyunRequest call) {
        return catalogue.concurrency(() -> wrongTexts(call, "UpdateOTAModule")
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunError.noSuchModule("UpdateOTAModule")))
                .onEmpty(() -> module(call)
                        .forEach(there -> catalogue.put(new AliyunModule(
                                there.productKey(),
                                there.moduleName(),
                                text(call, "AliasName"),
                                text(call, "Desc"),
                                there.gmtCreate(),
                                now())))));
    }

    /** Why the module stays; none if it does not. */
    Option<AliyunError> delete(AliyunRequest call) {
        return catalogue.concurrency(() -> Option.when(
                        name(call).equalsIgnoreCase(DEFAULT), AliyunError::defaultModuleStays)
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunError.noSuchModule("DeleteOTAModule")))
                .orElse(() -> Option.when(hasPackages(call), AliyunError::moduleHasPackages))
                .onEmpty(() -> catalogue.removeModule(product(call), name(call))));
    }

    private static Option<AliyunError> wrongTexts(AliyunRequest call, String operation) {
        boolean areRight = name(call).matches("[A-Za-z0-9._-]{1,64}")
                && length(text(call, "AliasName")) <= 64
                && length(text(call, "Desc")) <= 100;
        return Option.when(!areRight, () -> AliyunError.wrongModule(operation));
    }

    private Option<AliyunError> missingProduct(AliyunRequest call) {
        return Option.when(!catalogue.hasProduct(product(call)), AliyunError::noSuchProduct);
    }

    private long customModules(AliyunRequest call) {
        return catalogue.modules(product(call)).stream()
                .filter(module -> !module.moduleName().equals(DEFAULT))
                .count();
    }

    private boolean hasPackages(AliyunRequest call) {
        return catalogue.firmware(Option.some(product(call)), Option.none()).stream()
                .anyMatch(firmware -> firmware.moduleName().equalsIgnoreCase(name(call)));
    }

    private Option<AliyunModule> module(AliyunRequest call) {
        return catalogue.findModule(product(call), name(call));
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
