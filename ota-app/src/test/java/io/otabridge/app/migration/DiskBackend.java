package io.otabridge.app.migration;

import io.otabridge.app.file.JsonLine;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.CreateResult;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.Download;
import io.otabridge.domain.artifact.DownloadResult;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.artifact.TransferListener;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwarePublisher;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.otabridge.domain.firmware.PublishResult;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleName;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.module.ModuleRef;
import io.otabridge.domain.module.ModuleUpdate;
import io.otabridge.domain.module.NewModule;
import io.otabridge.domain.module.OtaModule;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A backend on disk, which survives the process that uses it. Each call passes a point before and after it. */
final class DiskBackend implements Backend {

    private static final OperationContext ORIGIN = new OperationContext("disk", Vendor.of("disk"), "Disk");

    private final String name;
    private final Path root;
    private final Runnable point;

    /** @param point called before and after each call, and between its steps */
    DiskBackend(String name, Path root, Runnable point) {
        this.name = name;
        this.root = root;
        this.point = point;
        try {
            Files.createDirectories(root.resolve("packages"));
            Files.createDirectories(root.resolve("objects"));
            Files.createDirectories(root.resolve("modules"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a line for every package and module that was ever created. */
    List<String> creations() throws IOException {
        Path log = root.resolve("creations");
        return Files.exists(log) ? List.ofAll(Files.readAllLines(log)) : List.empty();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return Vendor.of("disk");
    }

    @Override
    public String endpoint() {
        return root.toString();
    }

    @Override
    public String authentication() {
        return "none";
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.all();
    }

    @Override
    public Backend within(Duration deadline) {
        return this;
    }

    private interface DiskAction<T> {
        T run() throws IOException;
    }

    private <T> T call(DiskAction<T> action) {
        point.run();
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            point.run();
        }
    }

    private static OtaFailure absent(Object what) {
        return new OtaFailure.NotFound(FailureDetails.of(ORIGIN, "There is no " + what, "Look for another one"));
    }

    @Override
    public FirmwareQueryPort firmware() {
        return new FirmwareQueryPort() {
            @Override
            public Either<OtaFailure, Firmware> find(FirmwareId id) {
                return call(() -> {
                    Path file = packageFile(id);
                    return Files.exists(file) ? Either.right(read(file)) : Either.left(absent(id));
                });
            }

            @Override
            public Pages<FirmwareSummary> list(FirmwareFilter filter) {
                return Pages.of(token -> call(() -> {
                    try (Stream<Path> files = Files.list(root.resolve("packages"))) {
                        return Either.right(Page.last(List.ofAll(files.sorted().toList())
                                .filter(file -> !file.toString().endsWith(".new"))
                                .map(file -> FirmwareSummary.of(read(file)))
                                .filter(filter::matches)));
                    }
                }));
            }

            @Override
            public Either<OtaFailure, DownloadResult> download(FirmwareId id, Download download) {
                return call(() -> {
                    FirmwareFile file = read(packageFile(id))
                            .files()
                            .find(one -> one.name().equals(download.fileName()))
                            .get();
                    FileLocation.ObjectStore location =
                            (FileLocation.ObjectStore) file.location().get();
                    Path part = download.target().resolveSibling("part");
                    Files.copy(
                            root.resolve("objects").resolve(location.key().get()),
                            part,
                            StandardCopyOption.REPLACE_EXISTING);
                    point.run();
                    Files.move(part, download.target(), StandardCopyOption.REPLACE_EXISTING);
                    Artifact copied = Artifact.of(download.target());
                    return Either.right(new DownloadResult(
                            download.target(),
                            copied.length(),
                            copied.sha256(),
                            DownloadResult.DigestCheck.VERIFIED,
                            0));
                });
            }

            @Override
            public Either<OtaFailure, Firmware> find(FirmwareCoordinates coordinates) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Either<OtaFailure, FirmwareSummary> newest(FirmwareFilter filter, FirmwareOrder order) {
                throw new UnsupportedOperationException();
            }

            @Override
            public OtaFailure unsupported(Capability missing) {
                return capabilities().unsupported(ORIGIN, missing);
            }
        };
    }

    @Override
    public FirmwareCommandPort firmwareCommands() {
        return new Commands(false);
    }

    private final class Commands implements FirmwareCommandPort {

        private final boolean isDry;

        Commands(boolean isDry) {
            this.isDry = isDry;
        }

        @Override
        public Either<OtaFailure, PublishResult> publish(
                NewFirmware firmware, List<Artifact> files, TransferListener listener) {
            return call(() -> new FirmwarePublisher(firmware(), ORIGIN, ProductId::equals)
                    .publish(firmware, files.map(Artifact::toFile), List.empty(), isDry, () -> {
                        FirmwareId id = create(firmware, files);
                        return Either.right(new FirmwarePublisher.Created(id, 1));
                    }));
        }

        @Override
        public Either<OtaFailure, DeleteResult> delete(FirmwareId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FirmwareCommandPort dryRun() {
            return new Commands(true);
        }

        @Override
        public OtaFailure unsupported(Capability missing) {
            return capabilities().unsupported(ORIGIN, missing);
        }
    }

    /** Stores the files and then the package. */
    FirmwareId create(NewFirmware firmware, List<Artifact> files) {
        try {
            for (Artifact file : files) {
                try (InputStream in = file.open()) {
                    Files.copy(
                            in,
                            root.resolve("objects").resolve(file.sha256().value()),
                            StandardCopyOption.REPLACE_EXISTING);
                }
                point.run();
            }
            synchronized (this) {
                int number = creations().size() + 1;
                FirmwareId id = FirmwareId.of(name + "-" + number);
                Path packageFile = packageFile(id);
                Path created = packageFile.resolveSibling(packageFile.getFileName() + ".new");
                Files.writeString(created, JsonLine.of(line(firmware, files, number)));
                Files.move(created, packageFile, StandardCopyOption.ATOMIC_MOVE);
                log(firmware.coordinates().toString());
                return id;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void log(String line) throws IOException {
        Files.writeString(root.resolve("creations"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path packageFile(FirmwareId id) {
        return root.resolve("packages").resolve(id.value());
    }

    private static Map<String, Object> line(NewFirmware firmware, List<Artifact> files, int number) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("product", firmware.coordinates().product());
        line.put(
                "module",
                firmware.coordinates().target() instanceof FirmwareTarget.Module module
                        ? Option.some(module.name())
                        : Option.none());
        line.put("version", firmware.coordinates().version());
        line.put("number", number);
        line.put(
                "files",
                files.map(file -> Map.of(
                        "name",
                        file.fileName(),
                        "size",
                        file.length(),
                        "sha256",
                        file.sha256().value())));
        return line;
    }

    private static Firmware read(Path file) {
        try {
            Map<String, Object> line = JsonLine.parse(Files.readString(file)).get();
            java.util.List<?> files = (java.util.List<?>) line.get("files");
            Instant created = Instant.EPOCH.plusSeconds(((Number) line.get("number")).longValue());
            return Firmware.builder(FirmwareId.of(file.getFileName().toString()), FirmwareVersion.of((String)
                            line.get("version")))
                    .product(Product.of(ProductId.of((String) line.get("product"))))
                    .target(
                            line.get("module") instanceof String module
                                    ? FirmwareTarget.module(module)
                                    : FirmwareTarget.wholeDevice())
                    .kind(UpdateKind.full())
                    .created(VendorTimestamp.of(created.toString(), created))
                    .files(List.<Object>ofAll(files).map(one -> file((Map<?, ?>) one, files.size() > 1)))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FirmwareFile file(Map<?, ?> file, boolean isNamed) {
        String sha256 = (String) file.get("sha256");
        FirmwareFile.Builder builder = FirmwareFile.builder()
                .size(((Number) file.get("size")).longValue())
                .checksum(Checksum.of(Checksum.SHA256, sha256))
                .location(FileLocation.objectStore("disk", sha256));
        return (isNamed ? builder.name((String) file.get("name")) : builder).build();
    }

    @Override
    public ModuleQueryPort modules() {
        return new ModuleQueryPort() {
            @Override
            public Either<OtaFailure, OtaModule> find(ModuleRef ref) {
                ModuleRef.ByName named = (ModuleRef.ByName) ref;
                return call(() -> Files.exists(moduleFile(named))
                        ? Either.right(OtaModule.builder(Product.of(named.product()), named.name())
                                .build())
                        : Either.left(absent(ref)));
            }

            @Override
            public Pages<OtaModule> list(ProductId product) {
                return Pages.of(token -> call(() -> {
                    try (Stream<Path> files = Files.list(root.resolve("modules"))) {
                        return Either.right(Page.last(List.ofAll(files.toList())
                                .map(file -> file.getFileName().toString().split("~", 2))
                                .filter(parts -> parts[0].equals(product.value()))
                                .map(parts -> OtaModule.builder(Product.of(product), ModuleName.of(parts[1]))
                                        .build())));
                    }
                }));
            }
        };
    }

    private Path moduleFile(ModuleRef.ByName module) {
        return root.resolve("modules").resolve(module.product() + "~" + module.name());
    }

    @Override
    public ModuleCommandPort moduleCommands() {
        return moduleCommands(false);
    }

    private ModuleCommandPort moduleCommands(boolean isDry) {
        return new ModuleCommandPort() {
            @Override
            public Either<OtaFailure, CreateResult<OtaModule>> create(NewModule module) {
                return call(() -> {
                    Path file = moduleFile((ModuleRef.ByName) module.toRef());
                    boolean exists = Files.exists(file);
                    if (!exists && !isDry) {
                        Files.createFile(file);
                        log(module.toRef().toString());
                    }
                    return Either.right(new CreateResult<>(module.toModule(), exists));
                });
            }

            @Override
            public Either<OtaFailure, OtaModule> update(ModuleRef ref, ModuleUpdate change) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Either<OtaFailure, DeleteResult> delete(ModuleRef ref) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ModuleCommandPort dryRun() {
                return moduleCommands(true);
            }
        };
    }
}
