package io.otabridge.simulators.aliyun.store;

import io.otabridge.simulators.objectstore.GeneratedFile;
import io.vavr.collection.LinkedHashMap;
import io.vavr.control.Option;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stores the data of a simulator: products with their modules, device groups, packages by id, and generated packages. It keeps a
 * sorted list for every combination of filters, so that the cost of a page depends only on its size. Safe for use by
 * multiple threads.
 */
public final class AliyunStore {

    /** A filter for lists of packages. Absent parts match everything. */
    private record Filter(Option<String> productKey, Option<String> destVersion) {}

    /** The time of products that were added without one: 2020-02-13. */
    private static final long UNDATED = 1_581_553_156_000L;

    private final Map<String, LinkedHashMap<String, AliyunModule>> modules = new HashMap<>();
    private final Map<String, AliyunProduct> products = new TreeMap<>();
    private final Map<String, AliyunDeviceGroup> deviceGroups = new TreeMap<>();
    private final NavigableMap<String, AliyunFirmware> firmware = new TreeMap<>();
    private final UnaryOperator<String> url;
    private GeneratedFirmware generated;
    private @Nullable Map<Filter, List<AliyunFirmware>> lists;

    /** @param url returns the address of an object by its key */
    public AliyunStore(UnaryOperator<String> url) {
        this.url = url;
        generated = new GeneratedFirmware(0, url);
    }

    /** Runs this work while no other thread accesses the store. */
    public synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    /** Adds a product with its key as name. Does nothing if it exists. */
    public synchronized void addProduct(String productKey) {
        modules.putIfAbsent(productKey, LinkedHashMap.empty());
        products.putIfAbsent(productKey, new AliyunProduct(productKey, productKey, "", 0, UNDATED));
    }

    /** Adds or replaces a product, and keeps its modules. */
    public synchronized void put(AliyunProduct product) {
        addProduct(product.productKey());
        products.put(product.productKey(), product);
    }

    /** Returns all products, newest first. */
    public synchronized List<AliyunProduct> products() {
        return products.values().stream()
                .sorted(Comparator.comparingLong(AliyunProduct::gmtCreate).reversed())
                .toList();
    }

    /** Adds or replaces a device group. */
    public synchronized void put(AliyunDeviceGroup group) {
        deviceGroups.put(group.groupId(), group);
    }

    /** Returns all device groups, newest first. */
    public synchronized List<AliyunDeviceGroup> deviceGroups() {
        return deviceGroups.values().stream()
                .sorted(Comparator.comparing(AliyunDeviceGroup::utcCreate).reversed())
                .toList();
    }

    public synchronized boolean hasProduct(String productKey) {
        return modules.containsKey(productKey);
    }

    /** Adds or replaces a module, and adds its product if needed. A replaced module keeps its position. */
    public synchronized void put(AliyunModule module) {
        addProduct(module.productKey());
        modules.computeIfPresent(
                module.productKey(), (product, stored) -> stored.put(key(module.moduleName()), module));
    }

    /** Removes a module. Returns whether it existed. */
    public synchronized boolean removeModule(String productKey, String moduleName) {
        AtomicBoolean removed = new AtomicBoolean();
        modules.computeIfPresent(productKey, (product, stored) -> {
            removed.set(stored.containsKey(key(moduleName)));
            return stored.remove(key(moduleName));
        });
        return removed.get();
    }

    /** Returns the modules in the order in which they were added; empty for an unknown product. */
    public synchronized List<AliyunModule> modules(String productKey) {
        return Option.of(modules.get(productKey))
                .map(stored -> stored.values().asJava())
                .getOrElse(List.of());
    }

    /** Finds a module by name, ignoring case. */
    public synchronized Option<AliyunModule> findModule(String productKey, String moduleName) {
        return Option.of(modules.get(productKey)).flatMap(stored -> stored.get(key(moduleName)));
    }

    public synchronized void put(AliyunFirmware added) {
        firmware.put(added.firmwareId(), added);
        lists = null;
    }

    /** Replaces all generated packages. */
    public synchronized void generate(int count) {
        generated = new GeneratedFirmware(count, url);
        addProduct(GeneratedFirmware.PRODUCT);
    }

    /** Returns the file of a generated package by its object key. */
    public synchronized Option<GeneratedFile> generatedFile(String key) {
        return generated.fileAt(key);
    }

    /** Removes a package. Returns whether it existed. */
    public synchronized boolean removeFirmware(String firmwareId) {
        lists = firmware.containsKey(firmwareId) ? null : lists;
        return firmware.remove(firmwareId) != null || generated.remove(firmwareId);
    }

    public synchronized Option<AliyunFirmware> findFirmware(String firmwareId) {
        return Option.of(firmware.get(firmwareId)).orElse(() -> generated.find(firmwareId));
    }

    /** Returns the name of a product; none if it does not exist. */
    public synchronized Option<String> productName(String productKey) {
        return Option.of(products.get(productKey)).map(AliyunProduct::productName);
    }

    /** Returns the packages that match, sorted by id, followed by the generated ones. */
    public synchronized List<AliyunFirmware> firmware(Option<String> productKey, Option<String> destVersion) {
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
