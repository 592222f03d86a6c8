package io.otabridge.domain.firmware;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.BiPredicate;

/**
 * A firmware package to publish. Its identity is product, target, version, kind and source versions; name, texts and
 * files are not part of it. Immutable.
 *
 * @param coordinates product, target and version
 * @param kind {@link UpdateKind.Full} or {@link UpdateKind.Delta}
 * @param sourceVersions the versions that the package can be applied to; empty means any version. A delta has at least
 *     one
 * @param name Alibaba {@code FirmwareName}, unique in the account; derived from the coordinates if absent. Huawei
 *     packages have no name
 * @param description Huawei {@code description}, Alibaba {@code FirmwareDesc}
 * @param customInfo text sent to devices with the upgrade notice: Huawei {@code custom_info}, Alibaba {@code Udi}
 * @param needsVerification whether the package must be verified before an upgrade job: Alibaba {@code NeedToVerify};
 *     absent for the vendor's default
 */
public record NewFirmware(
        FirmwareCoordinates coordinates,
        UpdateKind kind,
        List<FirmwareVersion> sourceVersions,
        Option<String> name,
        Option<String> description,
        Option<String> customInfo,
        Option<Boolean> needsVerification) {

    /**
     * @throws IllegalArgumentException if the kind is neither full nor delta, the source of a delta is not one of the
     *     source versions, a delta has none, the version is one of the source versions, or a text is blank
     */
    public NewFirmware {
        if (!(kind instanceof UpdateKind.Full || kind instanceof UpdateKind.Delta)) {
            throw new IllegalArgumentException("kind must be full or delta");
        }
        if (kind instanceof UpdateKind.Delta && sourceVersions.isEmpty()) {
            throw new IllegalArgumentException("a delta needs a source version");
        }
        if (kind instanceof UpdateKind.Delta delta && !delta.sourceVersion().forAll(sourceVersions::contains)) {
            throw new IllegalArgumentException("the source of a delta must be one of its source versions");
        }
        if (sourceVersions.contains(coordinates.version())) {
            throw new IllegalArgumentException(
                    "version " + coordinates.version() + " must not be a source version of itself");
        }
        if (name.exists(String::isBlank) || description.exists(String::isBlank) || customInfo.exists(String::isBlank)) {
            throw new IllegalArgumentException(
                    "name, description and custom info must not be blank; leave them out instead");
        }
        sourceVersions = sourceVersions.distinct();
    }

    /** Returns a builder for a full image. */
    public static Builder full(FirmwareCoordinates coordinates) {
        return new Builder(coordinates, UpdateKind.full());
    }

    /** Returns a builder for a delta to this version. */
    public static Builder delta(FirmwareCoordinates coordinates, FirmwareVersion source) {
        return new Builder(coordinates, UpdateKind.delta(source)).sourceVersion(source);
    }

    /**
     * Returns whether an existing package has the same identity. A kind, and the source versions of a delta, that the
     * vendor does not report count as equal.
     *
     * @param isSameProduct returns whether two product ids are the same on this backend
     */
    public boolean hasIdentityOf(Firmware existing, BiPredicate<ProductId, ProductId> isSameProduct) {
        return existing.product().isDefined()
                && !(existing.target() instanceof FirmwareTarget.NotStated)
                && differenceTo(existing, isSameProduct).isEmpty();
    }

    /** Returns a difference in the identity; absent if there is none in what the vendor reports. */
    Option<String> differenceTo(Firmware stored, BiPredicate<ProductId, ProductId> isSameProduct) {
        Option<ProductId> otherProduct =
                stored.product().map(Product::id).filter(id -> !isSameProduct.test(id, coordinates.product()));
        Option<FirmwareTarget> otherTarget = Option.some(stored.target())
                .filter(target ->
                        !(target instanceof FirmwareTarget.NotStated) && !target.equals(coordinates.target()));
        Option<String> otherKind = Option.some(stored.kind())
                .filter(stated -> !(stated instanceof UpdateKind.NotStated)
                        && !stated.code().equals(kind.code()))
                .map(UpdateKind::code);
        return otherProduct
                .map(id -> differs("product", coordinates.product(), id))
                .orElse(otherTarget.map(target -> "the target is another one"))
                .orElse(Option.when(
                        !stored.version().equals(coordinates.version()),
                        () -> differs("version", coordinates.version(), stored.version())))
                .orElse(otherKind.map(code -> differs("kind", kind.code(), code)))
                .orElse(sources(stored)
                        .filter(sources -> !sources.toSet().equals(sourceVersions.toSet()))
                        .map(sources -> differs("source versions", label(sourceVersions), label(sources))));
    }

    /** The source versions; absent for a delta if the vendor does not report them. */
    private static Option<List<FirmwareVersion>> sources(Firmware stored) {
        if (stored.sourceVersions().nonEmpty() || !(stored.kind() instanceof UpdateKind.Delta delta)) {
            return Option.some(stored.sourceVersions());
        }
        return delta.sourceVersion().map(List::of);
    }

    private static String differs(String part, Object wanted, Object stored) {
        return part + " " + stored + " instead of " + wanted;
    }

    private static String label(List<FirmwareVersion> versions) {
        return versions.isEmpty() ? "none" : versions.mkString(", ");
    }

    /** Returns a copy with this name. */
    public NewFirmware withName(String newName) {
        return new NewFirmware(
                coordinates, kind, sourceVersions, Option.some(newName), description, customInfo, needsVerification);
    }

    /**
     * Returns a description for messages, such as {@code firmware of product p1 for module mcu in version 2.0.0 (delta
     * from 1.0.0)}.
     */
    @Override
    public String toString() {
        return coordinates.toFilter()
                + (kind instanceof UpdateKind.Delta
                        ? " (delta from " + label(sourceVersions) + ")"
                        : sourceVersions.isEmpty() ? "" : " (for " + label(sourceVersions) + ")");
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private final FirmwareCoordinates coordinates;
        private final UpdateKind kind;
        private List<FirmwareVersion> sourceVersions = List.empty();
        private Option<String> name = Option.none();
        private Option<String> description = Option.none();
        private Option<String> customInfo = Option.none();
        private Option<Boolean> needsVerification = Option.none();

        private Builder(FirmwareCoordinates coordinates, UpdateKind kind) {
            this.coordinates = coordinates;
            this.kind = kind;
        }

        /** Adds a version that the package can be applied to. */
        public Builder sourceVersion(FirmwareVersion value) {
            this.sourceVersions = sourceVersions.append(value);
            return this;
        }

        /** Sets the name. */
        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        /** Sets the description. */
        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        /** Sets the text that is sent to devices. */
        public Builder customInfo(String value) {
            this.customInfo = Option.some(value);
            return this;
        }

        /** Sets whether the package must be verified before an upgrade job. */
        public Builder needsVerification(boolean value) {
            this.needsVerification = Option.some(value);
            return this;
        }

        /**
         * Builds the package.
         *
         * @throws IllegalArgumentException as the constructor of {@link NewFirmware}
         */
        public NewFirmware build() {
            return new NewFirmware(coordinates, kind, sourceVersions, name, description, customInfo, needsVerification);
        }
    }
}
