package io.otabridge.app.copy;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Determines the modules that copied packages need. */
public final class ModuleCopy {

    private ModuleCopy() {}

    /** Returns the module that a package is for; absent if it is for no module. */
    public static Option<ModuleRef> moduleOf(FirmwareCoordinates coordinates) {
        return coordinates.target() instanceof FirmwareTarget.Module module
                ? Option.some(ModuleRef.named(coordinates.product(), module.name()))
                : Option.none();
    }

    /** Returns a module with the texts of a module of another backend, if that exists. */
    public static Either<OtaFailure, NewModule> of(Backend from, ModuleRef source, NewModule plain) {
        Either<OtaFailure, OtaModule> found = from.modules().find(source);
        return found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound
                ? Either.right(plain)
                : found.map(module -> new NewModule(
                        plain.product(),
                        plain.name(),
                        module.alias().filter(text -> !text.isBlank()),
                        module.description().filter(text -> !text.isBlank())));
    }
}
