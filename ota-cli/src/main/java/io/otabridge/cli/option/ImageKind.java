package io.otabridge.cli.option;

import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareFinder;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.page.Pages;
import io.vavr.control.Either;
import java.util.Locale;
import java.util.function.Predicate;

/** The kinds of packages on the command line. */
public enum ImageKind {
    FULL,
    DELTA;

    /** The description of {@code --kind}. */
    public static final String MEANING =
            "Only packages of this kind, full or delta (not on Huawei, which does not state it).";

    private boolean matches(UpdateKind kind) {
        return this == FULL ? kind instanceof UpdateKind.Full : kind instanceof UpdateKind.Delta;
    }

    /** Returns a port that finds and lists packages of this kind only; its failure if the backend states no kinds. */
    Either<OtaFailure, FirmwareQueryPort> on(SelectedBackend selected) {
        Backend backend = selected.backend();
        OperationContext origin = new OperationContext(backend.name(), backend.vendor(), "find");
        return backend.capabilities()
                .require(origin, Capability.UPDATE_KIND)
                .map(able -> new Matching(backend, origin, one -> matches(one.kind())));
    }

    /** Returns the name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private record Matching(Backend backend, OperationContext origin, Predicate<FirmwareSummary> condition)
            implements FirmwareQueryPort {

        private FirmwareFinder finder() {
            return new FirmwareFinder(
                    this, origin, (one, other) -> backend.canonical(one).equals(backend.canonical(other)));
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareId id) {
            return backend.firmware().find(id);
        }

        @Override
        public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
            return finder().find(coordinates);
        }

        @Override
        public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
            return finder().newest(filter, order);
        }

        @Override
        public Pages<FirmwareSummary> list(FirmwareFilter filter) {
            return backend.firmware().list(filter).filter(condition);
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return backend.firmware().unsupported(missing);
        }
    }
}
