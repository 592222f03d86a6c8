package io.otabridge.testkit.aliyun;

import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a simulator holds: modules by product, packages by id. A product exists as long as it has a module. */
final class AliyunCatalogue {

    private final Map<String, LinkedHashMap<String, AliyunModule>> modules = new ConcurrentHashMap<>();
    private final Map<String, AliyunFirmware> firmware = new ConcurrentSkipListMap<>();

    /** A module that is replaced keeps its place. */
    void put(AliyunModule module) {
        String name = key(module.moduleName());
        modules.merge(module.productKey(), LinkedHashMap.of(name, module), (kept, added) -> kept.put(name, module));
    }

    /** Whether there was one to remove. */
    boolean removeModule(String productKey, String moduleName) {
        AtomicBoolean removed = new AtomicBoolean();
        modules.computeIfPresent(productKey, (product, kept) -> {
            LinkedHashMap<String, AliyunModule> left = kept.remove(key(moduleName));
            removed.set(left.size() < kept.size());
            return left.isEmpty() ? null : left;
        });
        return removed.get();
    }

    /** In the order they were added; none for a product that does not exist. */
    List<AliyunModule> modules(String productKey) {
        return Option.of(modules.get(productKey))
                .map(kept -> kept.values().asJava())
                .getOrElse(List.of());
    }

    void put(AliyunFirmware added) {
        firmware.put(added.firmwareId(), added);
    }

    /** Whether there was one to remove. */
    boolean removeFirmware(String firmwareId) {
        return firmware.remove(firmwareId) != null;
    }

    Option<AliyunFirmware> findFirmware(String firmwareId) {
        return Option.of(firmware.get(firmwareId));
    }

    /** All of them, sorted by id. */
    List<AliyunFirmware> firmware() {
        return List.copyOf(firmware.values());
    }

    /** Names of modules differ within a product, whatever their case. */
    private static String key(String moduleName) {
        return moduleName.toLowerCase(Locale.ROOT);
    }
}
