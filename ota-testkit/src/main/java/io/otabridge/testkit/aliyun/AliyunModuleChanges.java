package io.otabridge.testkit.aliyun;

import io.vavr.control.Option;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Changes modules by the rules of the documents "CreateOTAModule", "UpdateOTAModule" and "DeleteOTAModule". They do not say
 * which code a missing module answers with; here it is that of a wrong parameter. Nor do they say what becomes of what an
 * update leaves out; here it is cleared, which is what hurts a careless client.
 */
final class AliyunModuleChanges {

    private static final String DEFAULT = "default";
    private static final int MOST_CUSTOM_MODULES = 10;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'").withZone(ZoneOffset.UTC);

    private final AliyunCatalogue catalogue;
    private final Clock clock;

    AliyunModuleChanges(AliyunCatalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Why there is no new module; none if there is. */
    Option<AliyunRefusal> create(AliyunCall call) {
        return catalogue.concurrency(() -> wrongTexts(call, "CreateOTAModule")
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(
                        name(call).equalsIgnoreCase(DEFAULT) || module(call).isDefined(),
                        AliyunRefusal::moduleNameTaken))
                .orElse(() -> Option.when(customModules(call) >= MOST_CUSTOM_MODULES, AliyunRefusal::tooManyModules))
                .onEmpty(() -> catalogue.put(new AliyunModule(
                        product(call), name(call), text(call, "AliasName"), text(call, "Desc"), now(), now()))));
    }

    /** Why the module stays as it is; none if it does not. */
    Option<AliyunRefusal> update(AliyunCall call) {
        return catalogue.concurrency(() -> wrongTexts(call, "UpdateOTAModule")
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunRefusal.noSuchModule("UpdateOTAModule")))
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
    Option<AliyunRefusal> delete(AliyunCall call) {
        return catalogue.concurrency(() -> Option.when(
                        name(call).equalsIgnoreCase(DEFAULT), AliyunRefusal::defaultModuleStays)
                .orElse(() -> missingProduct(call))
                .orElse(() -> Option.when(module(call).isEmpty(), () -> AliyunRefusal.noSuchModule("DeleteOTAModule")))
                .orElse(() -> Option.when(hasPackages(call), AliyunRefusal::moduleHasPackages))
                .onEmpty(() -> catalogue.removeModule(product(call), name(call))));
    }

    private static Option<AliyunRefusal> wrongTexts(AliyunCall call, String operation) {
        boolean areRight = name(call).matches("[A-Za-z0-9._-]{1,64}")
                && length(text(call, "AliasName")) <= 64
                && length(text(call, "Desc")) <= 100;
        return Option.when(!areRight, () -> AliyunRefusal.wrongModule(operation));
    }

    private Option<AliyunRefusal> missingProduct(AliyunCall call) {
        return Option.when(!catalogue.hasProduct(product(call)), AliyunRefusal::noSuchProduct);
    }

    private long customModules(AliyunCall call) {
        return catalogue.modules(product(call)).stream()
                .filter(module -> !module.moduleName().equals(DEFAULT))
                .count();
    }

    private boolean hasPackages(AliyunCall call) {
        return catalogue.firmware(Option.some(product(call)), Option.none()).stream()
                .anyMatch(firmware -> firmware.moduleName().equalsIgnoreCase(name(call)));
    }

    private Option<AliyunModule> module(AliyunCall call) {
        return catalogue.findModule(product(call), name(call));
    }

    private static String product(AliyunCall call) {
        return text(call, "ProductKey");
    }

    private static String name(AliyunCall call) {
        return text(call, "ModuleName");
    }

    private static String text(AliyunCall call, String parameter) {
        return call.parameter(parameter).getOrElse("");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private String now() {
        return MINUTES.format(clock.instant());
    }
}
