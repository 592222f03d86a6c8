package io.otabridge.domain.firmware;

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
     * @throws IllegalArgumentException if the kind is neither full nor delta, a delta has no source version, the version
     *     is one of the source versions, or a text is blank
     */
    public NewFirmware {
        if (!(kind instanceof UpdateKind.Full || kind instanceof UpdateKind.Delta)) {
            throw new IllegalArgumentException("kind must be full or delta");
        }
        if (kind instanceof UpdateKind.Delta && sourceVersions.isEmpty()) {
            throw new IllegalArgumentException("a delta needs a source version");
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
     * Returns whether an existing package has the same identity. A kind that the vendor does not report counts as equal.
     *
     * @param isSameProduct returns whether two product ids are the same on this backend
     */
    public boolean hasIdentityOf(Firmware existing, BiPredicate<ProductId, ProductId> isSameProduct) {
        return existing.product().exists(product -> isSameProduct.test(product.id(), coordinates.product()))
                && existing.target().equals(coordinates.target())
                && existing.version().equals(coordinates.version())
                && (existing.kind() instanceof UpdateKind.NotStated
                        || existing.kind().code().equals(kind.code()))
                && existing.sourceVersions().toSet().equals(sourceVersions.toSet());
    }

    /** Returns a copy with this name. */
    public NewFirmware withName(String newName) {
        return new NewFirmware(
                coordinates, kind, sourceVersions, Option.some(newName), description, customInfo, needsVerification);
    }

    /** Returns a description for messages, such as {@code version 2.0.0 of module mcu of product p1}. */
    @Override
    public String toString() {
        return coordinates.toFilter().toString();
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
