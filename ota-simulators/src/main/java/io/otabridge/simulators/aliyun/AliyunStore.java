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
 * Stores the data of a simulator: products with their modules, packages by id, and generated packages. It keeps a
 * sorted list for every combination of filters, so that the cost of a page depends only on its size. Safe for use by
 * multiple threads.
 */
final class AliyunStore {

    /** A filter for lists of packages. Absent parts match everything. */
    private record Filter(Option<String> productKey, Option<String> destVersion) {}

    private final Map<String, LinkedHashMap<String, AliyunModule>> modules = new HashMap<>();
    private final NavigableMap<String, AliyunFirmware> firmware = new TreeMap<>();
    private GeneratedFirmware generated = new GeneratedFirmware(0);
    private @Nullable Map<Filter, List<AliyunFirmware>> lists;

    /** Runs this work while no other thread accesses the store. */
    synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    /** Adds a product. Does nothing if it exists. */
    synchronized void addProduct(String productKey) {
        modules.putIfAbsent(productKey, LinkedHashMap.empty());
    }

    synchronized boolean hasProduct(String productKey) {
        return modules.containsKey(productKey);
    }

    /** Adds or replaces a module, and adds its product if needed. A replaced module keeps its position. */
    synchronized void put(AliyunModule module) {
        addProduct(module.productKey());
        modules.computeIfPresent(
                module.productKey(), (product, stored) -> stored.put(key(module.moduleName()), module));
    }

    /** Removes a module. Returns whether it existed. */
    synchronized boolean removeModule(String productKey, String moduleName) {
        AtomicBoolean removed = new AtomicBoolean();
        modules.computeIfPresent(productKey, (product, stored) -> {
            removed.set(stored.containsKey(key(moduleName)));
            return stored.remove(key(moduleName));
        });
        return removed.get();
    }

    /** Returns the modules in the order in which they were added; empty for an unknown product. */
    synchronized List<AliyunModule> modules(String productKey) {
        return Option.of(modules.get(productKey))
                .map(stored -> stored.values().asJava())
                .getOrElse(List.of());
    }

    /** Finds a module by name, ignoring case. */
    synchronized Option<AliyunModule> findModule(String productKey, String moduleName) {
        return Option.of(modules.get(productKey)).flatMap(stored -> stored.get(key(moduleName)));
    }

    synchronized void put(AliyunFirmware added) {
        firmware.put(added.firmwareId(), added);
        lists = null;
    }

    /** Replaces all generated packages. */
    synchronized void generate(int count) {
        generated = new GeneratedFirmware(count);
        addProduct(GeneratedFirmware.PRODUCT);
    }

    /** Removes a package. Returns whether it existed. */
    synchronized boolean removeFirmware(String firmwareId) {
        lists = firmware.containsKey(firmwareId) ? null : lists;
        return firmware.remove(firmwareId) != null || generated.remove(firmwareId);
    }

    synchronized Option<AliyunFirmware> findFirmware(String firmwareId) {
        return Option.of(firmware.get(firmwareId)).orElse(() -> generated.find(firmwareId));
    }

    /** Returns the packages that match, sorted by id, followed by the generated ones. */
    synchronized List<AliyunFirmware> firmware(Option<String> productKey, Option<String> destVersion) {
        List<AliyunFirmware> stored = lists().getOrDefault(new Filter(productKey, destVersion), List.of());
        List<AliyunFirmware> generatedList = generated.list(productKey, destVersion);
        return new AbstractList<>() {
            @Override
            public AliyunFirmware get(int index) {
                return index < stored.size() ? stored.get(index) : generatedList.get(index - stored.size());
            }

            @Override
            public int size() {
                return stored.size() + generatedList.size();
            }
        };
    }

    private Map<Filter, List<AliyunFirmware>> lists() {
        @Nullable Map<Filter, List<AliyunFirmware>> current = lists;
        if (current == null) {
            current = new HashMap<>();
            for (AliyunFirmware each : firmware.values()) {
                Option<String> product = Option.some(each.productKey());
                Option<String> version = Option.some(each.destVersion());
                for (Filter filter : List.of(
                        new Filter(Option.none(), Option.none()),
                        new Filter(product, Option.none()),
                        new Filter(Option.none(), version),
                        new Filter(product, version))) {
                    current.computeIfAbsent(filter, absent -> new ArrayList<>()).add(each);
                }
            }
            lists = current;
        }
        return current;
    }

    /** Returns the key of a module. Names are unique within a product, ignoring case. */
    private static String key(String moduleName) {
        return moduleName.toLowerCase(Locale.ROOT);
    }
}
