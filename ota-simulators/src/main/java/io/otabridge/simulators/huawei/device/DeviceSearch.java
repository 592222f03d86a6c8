package io.otabridge.simulators.huawei.device;

import io.vavr.control.Either;
import java.util.List;
import java.util.function.Function;

/**
 * A search for devices in the language of "Query Device List Flexibly". Create it with {@link #parse}.
 *
 * @param isCount whether the number of devices is wanted in place of the devices
 * @param alternatives a device matches if it satisfies all conditions of an alternative
 * @param order the order by marker
 */
public record DeviceSearch(
        boolean isCount, List<List<SearchCondition>> alternatives, Order order, int offset, int rows) {

    /** The order of the devices. */
    public enum Order {
        ASCENDING,
        DESCENDING,
        RANDOM
    }

    /** Parses a search. Returns why it is not valid, otherwise. */
    public static Either<String, DeviceSearch> parse(String sql) {
        return SearchParser.parse(sql);
    }

    /** @param values returns the values of a field; empty if it is null */
    boolean matches(Function<String, List<String>> values) {
        return alternatives.isEmpty()
                || alternatives.stream()
                        .anyMatch(conditions -> conditions.stream()
                                .allMatch(condition -> condition.matches(values.apply(condition.field()))));
    }
}
