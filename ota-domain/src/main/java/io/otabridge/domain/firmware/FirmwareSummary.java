package io.otabridge.domain.firmware;

import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.util.function.BiPredicate;

/**
 * A firmware package as a list tells of it. Vendors say less there than when asked for one package: neither says where the
 * files are, Huawei Cloud IoTDA nothing of size and checksum, Alibaba Cloud IoT Platform neither how far a verification is,
 * nor the custom info, nor anything of several files. Ask {@link FirmwareQueryPort#find} for the rest. The components are
 * those of {@link Firmware}, but for two:
 *
 * @param size of the only file, in bytes; absent where the list does not say
 * @param checksums of the only file; empty where the list does not say
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

    /** What a list may tell of this package. */
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

    /** The same, of this product. */
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
     * The details of this package, with what only the list states. Where both state something, the details count.
     *
     * @param isSame whether two ids are those of one product
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
