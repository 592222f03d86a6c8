package io.otabridge.app.copy;

import io.otabridge.domain.Capability;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * Determines what a package of one backend becomes on another, from the capabilities of both. It sends nothing. Safe for
 * use by multiple threads.
 */
public final class FirmwareMapping {

    /**
     * A package to create on the target.
     *
     * @param firmware the package
     * @param losses what the target does not store, or stores elsewhere, as sentences without a final period
     */
    public record Mapped(NewFirmware firmware, List<String> losses) {

        public Mapped withLoss(NewFirmware changed, String loss) {
            return new Mapped(changed, losses.append(loss));
        }
    }

    /** Kind and source versions on the target. */
    private record Applicability(UpdateKind kind, List<FirmwareVersion> sources, List<String> losses) {}

    private final Backend from;
    private final Backend to;
    private final ProductIds products;

    public FirmwareMapping(Backend from, Backend to, ProductIds products) {
        this.from = from;
        this.to = to;
        this.products = products;
    }

    /** Returns the package for the target, or why it cannot be copied, as a sentence without a final period. */
    public Either<String, Mapped> map(Firmware firmware) {
        return product(firmware.product())
                .flatMap(product -> target(firmware)
                        .flatMap(target -> files(firmware)
                                .flatMap(files -> applicability(firmware)
                                        .map(applicability -> mapped(
                                                firmware,
                                                FirmwareCoordinates.of(product, target, firmware.version()),
                                                applicability)))));
    }

    /** Returns the id of a product on the target, or why it is unknown. */
    public Either<String, ProductId> product(FirmwareSummary source) {
        return product(source.product());
    }

    private Either<String, ProductId> product(Option<Product> product) {
        if (product.isEmpty()) {
            return Either.left("backend " + from.name() + " does not report its product");
        }
        ProductId id = product.get().id();
        Option<String> name = products.name(from.name(), id);
        if (name.isEmpty()) {
            return Either.left(
                    "product " + id + " of backend " + from.name() + " has no name in the configuration (products:)");
        }
        return products.id(name.get(), to.name())
                .toEither(() -> "product " + name.get() + " has no id for backend " + to.name()
                        + " in the configuration (products:)");
    }

    private Either<String, FirmwareTarget> target(Firmware firmware) {
        FirmwareTarget target = firmware.target();
        if (target instanceof FirmwareTarget.NotStated || target instanceof FirmwareTarget.Unknown) {
            return Either.left("backend " + from.name() + " does not report what it updates");
        }
        return target instanceof FirmwareTarget.Software && !has(Capability.SOFTWARE_PACKAGES)
                ? Either.left("it is a software package, which backend " + to.name() + " does not have")
                : Either.right(target);
    }

    private Either<String, Integer> files(Firmware firmware) {
        int count = firmware.files().size();
        if (count == 0) {
            return Either.left("backend " + from.name() + " reports no file of it");
        }
        return count > 1 && !has(Capability.SEVERAL_FILES)
                ? Either.left("it has " + count + " files, and backend " + to.name() + " stores one file in a package")
                : Either.right(count);
    }

    private Either<String, Applicability> applicability(Firmware firmware) {
        List<FirmwareVersion> sources = firmware.sourceVersions();
        if (firmware.kind() instanceof UpdateKind.Delta delta) {
            return delta(firmware, sources.isEmpty() ? delta.sourceVersion().toList() : sources);
        }
        if (firmware.kind() instanceof UpdateKind.Unknown) {
            return Either.left("its kind is neither full nor delta");
        }
        boolean isKindKnown = firmware.kind() instanceof UpdateKind.Full;
        if (sources.nonEmpty() && !has(Capability.SOURCE_VERSIONS_OF_FULL_IMAGE)) {
            return isKindKnown
                    ? Either.right(new Applicability(
                            UpdateKind.full(),
                            List.empty(),
                            List.of("its source versions " + sources.mkString(", ")
                                    + " are lost: restrict the upgrade job to them")))
                    : Either.left("it has source versions, and backend " + from.name()
                            + " does not report whether it is a delta: publish it by hand");
        }
        return sources.contains(firmware.version())
                ? ownSource(firmware)
                : Either.right(new Applicability(
                        UpdateKind.full(),
                        sources,
                        isKindKnown || !has(Capability.UPDATE_KIND)
                                ? List.empty()
                                : List.of("it becomes a full image: backend " + from.name()
                                        + " does not report its kind")));
    }

    private Either<String, Applicability> delta(Firmware firmware, List<FirmwareVersion> sources) {
        if (sources.isEmpty()) {
            return Either.left("it is a delta, and backend " + from.name() + " does not report its source version");
        }
        if (sources.contains(firmware.version())) {
            return ownSource(firmware);
        }
        return Either.right(new Applicability(UpdateKind.delta(sources.head()), sources, List.empty()));
    }

    private static Either<String, Applicability> ownSource(Firmware firmware) {
        return Either.left("its version " + firmware.version() + " is also one of its source versions");
    }

    private Mapped mapped(Firmware firmware, FirmwareCoordinates coordinates, Applicability applicability) {
        List<String> losses = applicability.losses();
        Option<String> name = firmware.name();
        Option<String> description = firmware.description();
        if (name.isDefined() && !has(Capability.FIRMWARE_NAMES)) {
            losses = losses.append(
                    description.isEmpty() ? "its name becomes the description" : "its name is lost: " + name.get());
            description = description.orElse(name);
            name = Option.none();
        }
        if (!firmware.files().forAll(FirmwareMapping::hasDigest)) {
            losses = losses.append("backend " + from.name()
                    + " reports no digest of its content, so the downloaded bytes are not confirmed");
        }
        if (firmware.verification() instanceof Verification.Failed) {
            losses = losses.append("its verification on backend " + from.name() + " failed");
        }
        return new Mapped(
                new NewFirmware(
                        coordinates,
                        applicability.kind(),
                        applicability.sources(),
                        text(name),
                        text(description),
                        text(firmware.customInfo()),
                        Option.none()),
                losses);
    }

    private static boolean hasDigest(FirmwareFile file) {
        return file.checksums().exists(Checksum::isDigest);
    }

    private static Option<String> text(Option<String> text) {
        return text.filter(some -> !some.isBlank());
    }

    private boolean has(Capability capability) {
        return to.capabilities().has(capability);
    }
}
