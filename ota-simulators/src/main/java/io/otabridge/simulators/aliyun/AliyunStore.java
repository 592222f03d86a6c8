package io.otabridge.simulators.aliyun;

import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a simulator holds: products with their modules, packages by id, and packages that are made when they are read. Lists
 * of packages are kept in order for every way to narrow them, so that a page of a long list costs no more than its length.
 * Safe for many threads.
 */
final class AliyunStore {

    /** By what a list is narrowed; absent parts do not narrow it. */
    private record Narrowing(Option<String> productKey, Option<String> destVersion) {}

    private final Map<String, LinkedHashMap<String, AliyunModule>> modules = new HashMap<>();
    private final NavigableMap<String, AliyunFirmware> firmware = new TreeMap<>();
    private GeneratedFirmware generated = new GeneratedFirmware(0);
    private @Nullable Map<Narrowing, List<AliyunFirmware>> lists;

    /** Does something about the content that nothing else may come between. */
    synchronized <T> T concurrency(Supplier<T> work) {
        return work.get();
    }

    /** A product that is there already keeps its modules. */
    synchronized void addProduct(String productKey) {
        modules.putIfAbsent(productKey, LinkedHashMap.empty());
    }

    synchronized boolean hasProduct(String productKey) {
        return modules.containsKey(productKey);
    }

    /** A module that is replaced keeps its place; a product that is not there is added. */
    synchronized void put(AliyunModule module) {
        addProduct(module.productKey());
        modules.computeIfPresent(module.productKey(), (product, kept) -> kept.put(key(module.moduleName()), module));
    }

    /** Whether there was one to remove. */
    synchronized boolean removeModule(String productKey, String moduleName) {
        AtomicBoolean removed = new AtomicBoolean();
        modules.computeIfPresent(productKey, (product, kept) -> {
            removed.set(kept.containsKey(key(moduleName)));
            return kept.remove(key(moduleName));
        });
        return removed.get();
    }

    /** In the order they were added; none for a product that does not exist. */
    synchronized List<AliyunModule> modules(String productKey) {
        return Option.of(modules.get(productKey))
                .map(kept -> kept.values().asJava())
                .getOrElse(List.of());
    }

    /** By name, whatever its case. */
    synchronized Option<AliyunModule> findModule(String productKey, String moduleName) {
        return Option.of(modules.get(productKey)).flatMap(kept -> kept.get(key(moduleName)));
    }

    synchronized void put(AliyunFirmware added) {
        firmware.put(added.firmwareId(), added);
        lists = null;
    }

    /** In place of those generated before. */
    synchronized void generate(int count) {
        generated = new GeneratedFirmware(count);
        addProduct(GeneratedFirmware.PRODUCT);
    }

    /** Whether there was one to remove. */
    synchronized boolean removeFirmware(String firmwareId) {
        lists = firmware.containsKey(firmwareId) ? null : lists;
        return firmware.remove(firmwareId) != null || generated.remove(firmwareId);
    }

    synchronized Option<AliyunFirmware> findFirmware(String firmwareId) {
        return Option.of(firmware.get(firmwareId)).orElse(() -> generated.find(firmwareId));
    }

    /** All that these name, sorted by id, and then those that are made when they are read. */
    synchronized List<AliyunFirmware> firmware(Option<String> productKey, Option<String> destVersion) {
        List<AliyunFirmware> kept = lists().getOrDefault(new Narrowing(productKey, destVersion), List.of());
        List<AliyunFirmware> made = generated.list(productKey, destVersion);
        return new AbstractList<>() {
            @Override
            public AliyunFirmware get(int index) {
                return index < kept.size() ? kept.get(index) : made.get(index - kept.size());
            }

            @Override
            public int size() {
                return kept.size() + made.size();
            }
        };
    }

    private Map<Narrowing, List<AliyunFirmware>> lists() {
        @Nullable Map<Narrowing, List<AliyunFirmware>> current = lists;
        if (current == null) {
            current = new HashMap<>();
            for (AliyunFirmware each : firmware.values()) {
                Option<String> product = Option.some(each.productKey());
                Option<String> version = Option.some(each.destVersion());
                for (Narrowing way : List.of(
                        new Narrowing(Option.none(), Option.none()),
                        new Narrowing(product, Option.none()),
                        new Narrowing(Option.none(), version),
                        new Narrowing(product, version))) {
                    current.computeIfAbsent(way, first -> new ArrayList<>()).add(each);
                }
            }
            lists = current;
        }
        return current;
    }

    /** Names of modules differ within a product, whatever their case. */
    private static String key(String moduleName) {
        return moduleName.toLowerCase(Locale.ROOT);
    }
}
