package io.otabridge.cli;

import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.terminal.InterruptActions;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.spi.BackendProvider;
import io.otabridge.domain.spi.ConfigError;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Function;

/**
 * An adapter for tests. It contains the {@link Examples}, or returns the failure that the setting {@code fails} names. With
 * {@code hostile: true} it also contains the module {@code m-2}, the firmware {@code f-3}, a product and a group, which have
 * hostile texts. With {@code unwell: true}, a diagnosis has findings of each severity. With {@code interrupted-at: 2}, the
 * process is interrupted when commands are used for the second time, and later; with {@code thrown-at: 2}, a
 * {@link CliException} is thrown. With {@code files: true}, it contains packages whose files are stored, and unfinished
 * uploads; see {@link Examples#IMAGE}. With {@code file-deletion-fails: true}, stored files cannot be deleted.
 * {@code lacks} names a capability that is missing. With {@code shared: KEY}, it is the backend of a {@link SharedFleet}.
 */
public final class MemoryProvider implements BackendProvider {

    @Override
    public Vendor vendor() {
        return InMemoryBackend.VENDOR;
    }

    @Override
    public Either<List<ConfigError>, Backend> open(String name, SettingsReader settings, BackendContext context) {
        Option<String> fails = settings.text("fails", StringConstraint.name("failure", 40));
        boolean isHostile = settings.flag("hostile");
        boolean hasFiles = settings.flag("files");
        Option<String> lacks = settings.text("lacks", StringConstraint.name("capability", 40));
        boolean fileDeletionFails = settings.flag("file-deletion-fails");
        boolean isUnwell = settings.flag("unwell");
        Option<String> shared = settings.text("shared", StringConstraint.name("key", 80));
        int interruptedAt = use(settings.text("interrupted-at", StringConstraint.name("use", 9)));
        int thrownAt = use(settings.text("thrown-at", StringConstraint.name("use", 9)));
        return settings.finish(() -> {
            if (shared.isDefined()) {
                return SharedFleet.backend(shared.get());
            }
            InMemoryBackend backend = InMemoryBackend.named(name)
                    .add(Examples.FULL_MODULE)
                    .add(Examples.BARE_MODULE)
                    .add(Examples.FULL_FIRMWARE)
                    .add(Examples.BARE_FIRMWARE)
                    .add(Examples.FULL_PRODUCT)
                    .add(Examples.BARE_PRODUCT)
                    .add(Examples.FULL_GROUP)
                    .add(Examples.BARE_GROUP);
            if (isHostile) {
                backend.add(Examples.HOSTILE_MODULE)
                        .add(Examples.HOSTILE_FIRMWARE)
                        .add(Examples.HOSTILE_PRODUCT)
                        .add(Examples.HOSTILE_GROUP);
            }
            if (hasFiles) {
                Examples.addFiles(backend);
            }
            lacks.map(Capability::valueOf).forEach(backend::without);
            if (isUnwell) {
                backend.setDiagnosis(Examples.UNWELL);
            }
            fails.forEach(kind -> backend.failWith(origin -> failure(kind, origin)));
            if (fileDeletionFails) {
                return new Undeletable(backend);
            }
            return interruptedAt < Integer.MAX_VALUE || thrownAt < Integer.MAX_VALUE
                    ? new Stopped(
                            backend, context.resource(InterruptActions.class).get(), interruptedAt, thrownAt)
                    : backend;
        });
    }

    private static int use(Option<String> number) {
        return number.map(Integer::parseInt).getOrElse(Integer.MAX_VALUE);
    }

    private static final class Undeletable extends Backend.Forwarding {

        Undeletable(Backend delegate) {
            super(delegate);
        }

        @Override
        public FirmwareCommandPort firmwareCommands() {
            return new FirmwareCommandPort() {
                @Override
                public Either<OtaFailure, FirmwareDeletion> deleteWithFile(FirmwareId id) {
                    OperationContext origin = new OperationContext(name(), vendor(), "DeleteObject");
                    return delete(id)
                            .map(deleted -> new FirmwareDeletion(
                                    deleted,
                                    FirmwareDeletion.StoredFile.FAILED,
                                    Option.some(failure("AccessDenied", origin))));
                }

                @Override
                public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
                    return Undeletable.super.firmwareCommands().delete(id);
                }

                @Override
                public FirmwareCommandPort dryRun() {
                    return Undeletable.super.firmwareCommands().dryRun();
                }

                @Override
                public OtaFailure unsupported(Capability missing) {
                    return Undeletable.super.firmwareCommands().unsupported(missing);
                }
            };
        }
    }

    private static final class Stopped extends Backend.Forwarding {

        private final InterruptActions interrupts;
        private final int interruptedAt;
        private final int thrownAt;
        private int uses;

        Stopped(Backend delegate, InterruptActions interrupts, int interruptedAt, int thrownAt) {
            super(delegate);
            this.interrupts = interrupts;
            this.interruptedAt = interruptedAt;
            this.thrownAt = thrownAt;
        }

        private void use() {
            uses++;
            if (uses >= interruptedAt) {
                interrupts.run();
            }
            if (uses >= thrownAt) {
                throw new CliException(ExitCode.USAGE, "The command ended", "it was told to", "Try again");
            }
        }

        @Override
        public ModuleCommandPort moduleCommands() {
            use();
            return super.moduleCommands();
        }

        @Override
        public FirmwareCommandPort firmwareCommands() {
            use();
            return super.firmwareCommands();
        }
    }

    /** Creates a failure of each kind by the simple name of its class. */
    public static OtaFailure failure(String kind, OperationContext origin) {
        FailureDetails details = FailureDetails.of(origin, kind + " happened", "Do something about it");
        Function<FailureDetails, OtaFailure> make = switch (kind) {
            case "NotFound" -> OtaFailure.NotFound::new;
            case "AccessDenied" -> OtaFailure.AccessDenied::new;
            case "Rejected" -> OtaFailure.Rejected::new;
            case "RateLimited" -> OtaFailure.RateLimited::new;
            case "Unavailable" -> OtaFailure.Unavailable::new;
            case "UnreadableResponse" -> OtaFailure.UnreadableResponse::new;
            case "Cancelled" -> OtaFailure.Cancelled::new;
            case "DeadlineExceeded" -> OtaFailure.DeadlineExceeded::new;
            case "DigestMismatch" -> OtaFailure.DigestMismatch::new;
            case "CircuitOpen" -> OtaFailure.CircuitOpen::new;
            case "OutcomeUnknown" -> known -> new OtaFailure.OutcomeUnknown(known, Option.some("token-1"));
            case "Unsupported" -> known -> new OtaFailure.Unsupported(known, Capability.FIND_MODULE_BY_ID);
            case "Hostile" -> throw new IllegalStateException(Examples.HOSTILE_TEXT);
            case "OutOfMemory" -> throw new OutOfMemoryError("Java heap space");
            case "StackOverflow" -> throw new StackOverflowError();
            case "IllegalArgument" -> throw new IllegalArgumentException("a mistake in the adapter");
            default -> throw new IllegalStateException("a mistake in the adapter");
        };
        if (kind.equals("RateLimited")) {
            details = details.withStatus(429)
                    .withVendorError(Option.some("X.1"), Option.some("Slow\u001b[2J down"), Option.some("req-1"))
                    .withRetry(Option.some(Duration.ofSeconds(30)));
        }
        return make.apply(details);
    }
}
