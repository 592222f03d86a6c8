package io.otabridge.app.copy;

import io.otabridge.app.MemoryProvider.ProvidedBackends;
import io.otabridge.app.OtaBridge;
import io.otabridge.app.OtaConfig;
import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Product;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.VendorTimestamp;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.otabridge.domain.artifact.FileLocation;
import io.otabridge.domain.artifact.FirmwareFile;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.FirmwareId;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.UpdateKind;
import io.vavr.collection.List;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Two in-memory backends, {@code a} and {@code b}, with the products {@code lamp} (p1, q1) and {@code fan} (p2, q2). */
public final class TwoBackends implements AutoCloseable {

    public final InMemoryBackend a = InMemoryBackend.named("a");
    public final InMemoryBackend b = InMemoryBackend.named("b");
    public final CountingBackend from = new CountingBackend(a);
    public final CountingBackend to = new CountingBackend(b);
    public final OtaBridge ota;
    private int added;

    public TwoBackends() {
        this.ota = open(config().product("lamp", Map.of("a", "p1", "b", "q1", "c", "r1"))
                .product("fan", Map.of("a", "p2", "b", "q2"))
                .product("only-a", Map.of("a", "p3"))
                .build());
    }

    /** Opens the same backends with only this product. The caller closes it. */
    public OtaBridge withProduct(String name, String onA, String onB) {
        return open(config().product(name, Map.of("a", onA, "b", onB)).build());
    }

    private static OtaConfig.Builder config() {
        Map<String, ?> settings = Map.of("region", "here");
        return OtaConfig.builder()
                .backend("a", "memory", settings)
                .backend("b", "memory", settings)
                .backend("c", "memory", settings)
                .defaultBackend("a");
    }

    private OtaBridge open(OtaConfig config) {
        return OtaBridge.of(
                config,
                BackendContext.system()
                        .withEnvironment(Map.of())
                        .withResource(
                                ProvidedBackends.class,
                                new ProvidedBackends(new HashMap<>(Map.of("a", from, "b", to)))));
    }

    /** Returns a builder of a package on {@code a}, whose bytes are its id; an empty module is the whole device. */
    public Firmware.Builder firmware(String id, String product, String module, String version) {
        return Firmware.builder(FirmwareId.of(id), FirmwareVersion.of(version))
                .product(Product.of(ProductId.of(product)))
                .target(module.isEmpty() ? FirmwareTarget.wholeDevice() : FirmwareTarget.module(module))
                .kind(UpdateKind.full())
                .created(time(added++))
                .files(List.of(file("", id)));
    }

    /** Adds a package for the whole device to {@code a}. */
    public Firmware add(String id, String product, String version) {
        return add(firmware(id, product, "", version));
    }

    public Firmware add(Firmware.Builder firmware) {
        Firmware built = firmware.build();
        a.add(built);
        return built;
    }

    /** Stores a file on {@code a}. An empty name is absent. */
    public FirmwareFile file(String name, String content) {
        return file(a, name, content);
    }

    public static FirmwareFile file(InMemoryBackend backend, String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        String key = content.length() > 40 ? content.substring(0, 40) : content;
        backend.putObject("source", key + ".bin", bytes);
        FirmwareFile.Builder file = FirmwareFile.builder()
                .size(bytes.length)
                .checksum(digest(bytes))
                .location(FileLocation.objectStore("source", key + ".bin"));
        return (name.isEmpty() ? file : file.name(name)).build();
    }

    public static Checksum digest(byte[] bytes) {
        try {
            return Artifact.of("any", bytes.length, () -> new ByteArrayInputStream(bytes))
                    .sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static VendorTimestamp time(int number) {
        Instant instant = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
        return VendorTimestamp.of(instant.toString(), instant);
    }

    /** Returns all packages of {@code b}, in the order of their creation. */
    public List<Firmware> created() {
        return b.firmware()
                .list(io.otabridge.domain.firmware.FirmwareFilter.all())
                .toList()
                .get()
                .map(summary -> b.firmware().find(summary.id()).get())
                .sortBy(firmware ->
                        firmware.created().flatMap(VendorTimestamp::instant).get());
    }

    /** Returns the bytes of the only file of a package on {@code b}. */
    public String content(Firmware firmware) {
        return new String(b.object(firmware.files().head().location().get()).get(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ota.close();
    }
}
