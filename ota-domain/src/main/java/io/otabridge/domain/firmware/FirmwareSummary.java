package io.otabridge.domain.firmware;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FirmwareFile;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.BiPredicate;

/**
 * A firmware package as a list entry. Lists contain less than {@link FirmwareQueryPort#find}: neither vendor lists file
 * locations; Huawei Cloud IoTDA omits size and checksum; Alibaba Cloud IoT Platform omits the verification progress,
 * the custom info, and all facts about several files. The components are those of {@link Firmware}, except for two.
 * Immutable.
 *
 * @param size the size of the only file in bytes; absent if the list does not contain it
 * @param checksums the checksums of the only file; empty if the list does not contain them
 */
public record FirmwareSummary(
        FirmwareId id,
        Option<String> name,
        Option<Product> product,
        Option<String> resourceSpace,
        FirmwareTarget target,
        FirmwareVersion version,
        UpdateKind kind,
        List<FirmwareVersion> sourceVersions,
        Verification verification,
        Option<Long> size,
        List<Checksum> checksums,
        Option<String> customInfo,
        Option<String> description,
        Option<VendorTimestamp> created,
        Option<VendorTimestamp> modified) {

    /** Returns the list entry of this package. */
    public static FirmwareSummary of(Firmware firmware) {
        Option<FirmwareFile> only =
                firmware.files().size() == 1 ? firmware.files().headOption() : Option.none();
        return new FirmwareSummary(
                firmware.id(),
                firmware.name(),
                firmware.product(),
                firmware.resourceSpace(),
                firmware.target(),
                firmware.version(),
                firmware.kind(),
                firmware.sourceVersions(),
                firmware.verification(),
                only.flatMap(FirmwareFile::size),
                only.map(FirmwareFile::checksums).getOrElse(List.empty()),
                firmware.customInfo(),
                firmware.description(),
                firmware.created(),
                firmware.modified());
    }

    /** Returns a copy with this product. */
    public FirmwareSummary product(Product known) {
        return new FirmwareSummary(
                id,
                name,
                Option.some(known),
                resourceSpace,
                target,
                version,
                kind,
                sourceVersions,
                verification,
                size,
                checksums,
                customInfo,
                description,
                created,
                modified);
    }

    /**
     * Returns the details, completed with what only the list contains. If both contain a value, the details take
     * precedence.
     *
     * @param isSame returns whether two ids identify the same product
     */
    Firmware complete(Firmware details, BiPredicate<ProductId, ProductId> isSame) {
        boolean isKindStated = !(details.kind() instanceof UpdateKind.NotStated);
        Firmware.Builder whole = details.toBuilder()
                .target(details.target() instanceof FirmwareTarget.NotStated ? target : details.target())
                .kind(isKindStated ? details.kind() : kind)
                .sourceVersions(
                        isKindStated || details.sourceVersions().nonEmpty() ? details.sourceVersions() : sourceVersions)
                .verification(
                        details.verification() instanceof Verification.NotStated
                                ? verification
                                : details.verification())
                .files(details.files().size() == 1 ? details.files().map(this::complete) : details.files());
        details.name().orElse(name).forEach(whole::name);
        details.product().map(stated -> named(stated, isSame)).orElse(product).forEach(whole::product);
        details.resourceSpace().orElse(resourceSpace).forEach(whole::resourceSpace);
        details.customInfo().orElse(customInfo).forEach(whole::customInfo);
        details.description().orElse(description).forEach(whole::description);
        details.created().orElse(created).forEach(whole::created);
        details.modified().orElse(modified).forEach(whole::modified);
        return whole.build();
    }

    private Product named(Product stated, BiPredicate<ProductId, ProductId> isSame) {
        Option<String> listed =
                product.filter(of -> isSame.test(of.id(), stated.id())).flatMap(Product::name);
        return new Product(stated.id(), stated.name().orElse(listed));
    }

    private FirmwareFile complete(FirmwareFile only) {
        return new FirmwareFile(
                only.name(),
                only.size().orElse(size),
                only.checksums().isEmpty() ? checksums : only.checksums(),
                only.location());
    }
}
