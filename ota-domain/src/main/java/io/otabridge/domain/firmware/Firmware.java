package io.otabridge.domain.firmware;

import io.otabridge.domain.ConstraintViolation;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;

/**
 * A firmware package with all details. Huawei Cloud IoTDA calls it an OTA upgrade package ("Query OTA upgrade package
 * details"), Alibaba Cloud IoT Platform OTA firmware ("QueryOTAFirmware"). Empty texts on the wire are absent here.
 * Immutable.
 *
 * @param id Huawei {@code package_id}, Alibaba {@code FirmwareId}
 * @param name Alibaba {@code FirmwareName}; Huawei packages have no name
 * @param product Huawei {@code product_id}, {@code product_name}; Alibaba {@code ProductKey}, {@code ProductName}
 * @param resourceSpace Huawei {@code app_id}; not available on Alibaba
 * @param target what the package updates: Huawei {@code package_type}, {@code module_name}; Alibaba {@code ModuleName}
 * @param version Huawei {@code version}, Alibaba {@code DestVersion}
 * @param kind full image or delta: Alibaba {@code Type}
 * @param sourceVersions the versions that the package can be applied to; empty means any version, or for a delta that
 *     the vendor did not send them. Huawei {@code support_source_versions}, Alibaba {@code SrcVersion}
 * @param verification Alibaba {@code Status}, {@code VerifyProgress}
 * @param files Huawei: at most one ({@code file_location}); Alibaba: one ({@code FirmwareUrl}, {@code FirmwareSize},
 *     {@code FirmwareSign}) or several ({@code MultiFiles}); empty if the vendor sent none
 * @param customInfo text sent to devices with the upgrade notice: Huawei {@code custom_info}, Alibaba {@code Udi}
 * @param description Huawei {@code description}, Alibaba {@code FirmwareDesc}
 * @param created Huawei {@code create_time}, Alibaba {@code UtcCreate}
 * @param modified Alibaba {@code UtcModified}; Huawei packages cannot be modified
 */
public record Firmware(
        FirmwareId id,
        Option<String> name,
        Option<Product> product,
        Option<String> resourceSpace,
        FirmwareTarget target,
        FirmwareVersion version,
        UpdateKind kind,
        List<FirmwareVersion> sourceVersions,
        Verification verification,
        List<FirmwareFile> files,
        Option<String> customInfo,
        Option<String> description,
        Option<VendorTimestamp> created,
        Option<VendorTimestamp> modified) {

    /** Returns a builder with id and version. All other components are absent, empty or not stated by default. */
    public static Builder builder(FirmwareId id, FirmwareVersion version) {
        return new Builder(id, version);
    }

    /**
     * Returns the file that a download names, after the checks that need no bytes of it.
     *
     * @param origin the backend and its download operation
     * @return the file; {@link OtaFailure.NotFound} if the package has no such file; {@link OtaFailure.Rejected} if it
     *     has several and the download names none, if the file is larger than the download's limit, or if a digest is
     *     required and there is none
     */
    public Either<OtaFailure, FirmwareFile> fileFor(Download download, OperationContext origin) {
        if (files.isEmpty()) {
            return Either.left(noFile(origin, "Firmware {0} of backend {1} has no file", "Download another package"));
        }
        if (download.fileName().isEmpty() && files.size() > 1) {
            return Either.left(new OtaFailure.Rejected(FailureDetails.of(
                    origin,
                    Message.of("Firmware {0} of backend {1} has {2} files", id, origin.backend(), files.size()),
                    Message.of("Name one of them: {0}", fileNames()))));
        }
        return download.fileName()
                .map(name -> files.find(file -> file.name().contains(name))
                        .toEither(() -> noFile(
                                origin,
                                "Firmware {0} of backend {1} has no file {2}",
                                files.exists(file -> file.name().isDefined())
                                        ? "Its files are {3}"
                                        : "Its only file has no name; download it without a file name",
                                ConstraintViolation.quoted(name),
                                fileNames())))
                .getOrElse(() -> Either.right(files.head()))
                .flatMap(file -> download.check(file, origin));
    }

    private OtaFailure noFile(OperationContext origin, String summary, String advice, Object... more) {
        Object[] arguments =
                List.<Object>of(id, origin.backend()).appendAll(List.of(more)).toJavaArray();
        return new OtaFailure.NotFound(
                FailureDetails.of(origin, Message.of(summary, arguments), Message.of(advice, arguments)));
    }

    private String fileNames() {
        return files.flatMap(FirmwareFile::name)
                .map(ConstraintViolation::quoted)
                .mkString(", ");
    }

    /** Returns a builder with the values of this package. */
    public Builder toBuilder() {
        Builder builder = new Builder(id, version);
        builder.name = name;
        builder.product = product;
        builder.resourceSpace = resourceSpace;
        builder.target = target;
        builder.kind = kind;
        builder.sourceVersions = sourceVersions;
        builder.verification = verification;
        builder.files = files;
        builder.customInfo = customInfo;
        builder.description = description;
        builder.created = created;
        builder.modified = modified;
        return builder;
    }

    /** A builder. Not safe for use by multiple threads. */
    public static final class Builder {

        private FirmwareId id;
        private FirmwareVersion version;
        private Option<String> name = Option.none();
        private Option<Product> product = Option.none();
        private Option<String> resourceSpace = Option.none();
        private FirmwareTarget target = FirmwareTarget.notStated();
        private UpdateKind kind = UpdateKind.notStated();
        private List<FirmwareVersion> sourceVersions = List.empty();
        private Verification verification = Verification.notStated();
        private List<FirmwareFile> files = List.empty();
        private Option<String> customInfo = Option.none();
        private Option<String> description = Option.none();
        private Option<VendorTimestamp> created = Option.none();
        private Option<VendorTimestamp> modified = Option.none();

        private Builder(FirmwareId id, FirmwareVersion version) {
            this.id = id;
            this.version = version;
        }

        public Builder id(FirmwareId value) {
            this.id = value;
            return this;
        }

        public Builder version(FirmwareVersion value) {
            this.version = value;
            return this;
        }

        public Builder name(String value) {
            this.name = Option.some(value);
            return this;
        }

        public Builder product(Product value) {
            this.product = Option.some(value);
            return this;
        }

        public Builder resourceSpace(String value) {
            this.resourceSpace = Option.some(value);
            return this;
        }

        public Builder target(FirmwareTarget value) {
            this.target = value;
            return this;
        }

        public Builder kind(UpdateKind value) {
            this.kind = value;
            return this;
        }

        public Builder sourceVersions(List<FirmwareVersion> value) {
            this.sourceVersions = value;
            return this;
        }

        public Builder verification(Verification value) {
            this.verification = value;
            return this;
        }

        public Builder files(List<FirmwareFile> value) {
            this.files = value;
            return this;
        }

        public Builder customInfo(String value) {
            this.customInfo = Option.some(value);
            return this;
        }

        public Builder description(String value) {
            this.description = Option.some(value);
            return this;
        }

        public Builder created(VendorTimestamp value) {
            this.created = Option.some(value);
            return this;
        }

        public Builder modified(VendorTimestamp value) {
            this.modified = Option.some(value);
            return this;
        }

        /** Builds the package. */
        public Firmware build() {
            return new Firmware(
                    id,
                    name,
                    product,
                    resourceSpace,
                    target,
                    version,
                    kind,
                    sourceVersions,
                    verification,
                    files,
                    customInfo,
                    description,
                    created,
                    modified);
        }
    }
}
