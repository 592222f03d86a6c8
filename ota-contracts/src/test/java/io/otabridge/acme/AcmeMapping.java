package io.otabridge.acme;

import static io.otabridge.client.json.FieldReader.text;

import io.otabridge.client.json.FieldReader;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Maps DTOs to domain types. A {@code Left} describes what is missing or invalid in the response. */
final class AcmeMapping {

    private AcmeMapping() {}

    static Either<String, Firmware> toFirmware(PackageDto dto) {
        FieldReader members = new FieldReader();
        Option<FirmwareId> id = members.required("id", dto.id(), FirmwareId::parse);
        Option<FirmwareVersion> version = members.required("version", dto.version(), FirmwareVersion::parse);
        Option<ProductId> product = members.optional("product", dto.product(), ProductId::parse);
        Option<ModuleName> module = members.optional("module", dto.module(), ModuleName::parse);
        Option<FirmwareVersion> from = members.optional("from", dto.from(), FirmwareVersion::parse);
        if (dto.bytes() != null && dto.bytes() < 0) {
            members.problem("member bytes is negative");
        }
        return members.result(() -> {
            Firmware.Builder firmware = Firmware.builder(id.get(), version.get())
                    .target(module.map(FirmwareTarget::module).getOrElse(FirmwareTarget.wholeDevice()))
                    .kind(kind(dto, from))
                    .verification(Verification.notOffered())
                    .files(files(dto));
            text(dto.title()).forEach(firmware::name);
            product.map(Product::of).forEach(firmware::product);
            text(dto.note()).forEach(firmware::description);
            time(dto.added()).forEach(firmware::created);
            return firmware.build();
        });
    }

    static Either<String, OtaModule> toModule(ModuleDto dto) {
        FieldReader members = new FieldReader();
        Option<ProductId> product = members.required("product", dto.product(), ProductId::parse);
        Option<ModuleName> name = members.required("name", dto.name(), ModuleName::parse);
        return members.result(() -> {
            OtaModule.Builder module = OtaModule.builder(Product.of(product.get()), name.get());
            text(dto.alias()).forEach(module::alias);
            text(dto.description()).forEach(module::description);
            time(dto.added()).forEach(module::created);
            return module.build();
        });
    }

    /** Maps a page. It is invalid if one of its elements is, or if the next page is not a later one. */
    static <D, T> Either<String, Page<T>> toPage(
            String name,
            @Nullable Iterable<@Nullable D> elements,
            @Nullable String next,
            PageToken from,
            Function<D, Either<String, T>> read) {
        FieldReader members = new FieldReader();
        if (elements == null) {
            members.problem("member " + name + " is missing");
        }
        List<T> items = members.elements(name, elements, read);
        Option<PageToken> following = text(next).map(PageToken::new);
        if (following.exists(token -> number(token) <= number(from))) {
            members.problem("member next does not lead to a later page");
        }
        return members.result(() -> new Page<>(items, following));
    }

    private static int number(PageToken token) {
        return token.value().matches("[0-9]{1,6}") ? Integer.parseInt(token.value()) : 0;
    }

    private static UpdateKind kind(PackageDto dto, Option<FirmwareVersion> from) {
        String kind = text(dto.kind()).getOrElse("");
        return switch (kind) {
            case "" -> UpdateKind.notStated();
            case "full" -> UpdateKind.full();
            case "delta" -> new UpdateKind.Delta(from);
            default -> UpdateKind.unknown(kind);
        };
    }

    private static List<FirmwareFile> files(PackageDto dto) {
        List<Checksum> checksums = text(dto.sha256())
                .filter(digest -> !digest.isBlank())
                .map(digest -> Checksum.of(Checksum.SHA256, digest))
                .toList();
        Option<FileLocation> location = text(dto.url()).map(FileLocation::downloadLink);
        FirmwareFile file = new FirmwareFile(Option.none(), Option.of(dto.bytes()), checksums, location);
        boolean hasFile = file.size().isDefined() || checksums.nonEmpty() || location.isDefined();
        return hasFile ? List.of(file) : List.empty();
    }

    private static Option<VendorTimestamp> time(@Nullable String raw) {
        return text(raw).map(value -> new VendorTimestamp(value, instant(value)));
    }

    private static Option<Instant> instant(String text) {
        try {
            return Option.some(Instant.parse(text));
        } catch (DateTimeParseException anotherForm) {
            return Option.none();
        }
    }
}
