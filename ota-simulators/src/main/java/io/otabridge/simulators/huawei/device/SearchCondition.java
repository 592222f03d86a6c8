package io.otabridge.simulators.huawei.device;

import io.vavr.control.Option;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A condition of a search. Null values match no condition.
 *
 * @param operator {@code =}, {@code !=}, {@code >}, {@code <}, {@code like}, {@code in} or {@code not in}
 * @param values one, or any number for {@code in} and {@code not in}
 */
record SearchCondition(String field, String operator, List<String> values) {

    static final int MAX_VERSION = 64;

    private static final int MIN_PREFIX = 4;

    private static final Set<String> COMPARED = Set.of("create_time", "marker");
    private static final Set<String> LIKE = Set.of("device_name", "node_id", "tag_key", "tag_value");
    private static final Set<String> TAGS = Set.of("tag_key", "tag_value");

    /** The searchable fields with the maximum length of their values. */
    private static final Map<String, Integer> FIELDS = Map.ofEntries(
            Map.entry("app_id", 36),
            Map.entry("device_id", 128),
            Map.entry("gateway_id", 128),
            Map.entry("product_id", 36),
            Map.entry("device_name", 256),
            Map.entry("node_id", 64),
            Map.entry("status", 16),
            Map.entry("node_type", 16),
            Map.entry("tag_key", 64),
            Map.entry("tag_value", 128),
            Map.entry("sw_version", MAX_VERSION),
            Map.entry("fw_version", MAX_VERSION),
            Map.entry("group_id", 36),
            Map.entry("create_time", 16),
            Map.entry("marker", 24));

    /** Returns why the condition is not valid. */
    Option<String> error() {
        if (!FIELDS.containsKey(field)) {
            return Option.some(field + " cannot be searched");
        }
        int max = FIELDS.get(field);
        boolean isValid = switch (operator) {
            case "=", "!=" -> true;
            case ">", "<" -> COMPARED.contains(field);
            case "like" ->
                LIKE.contains(field)
                        && values.get(0).endsWith("%")
                        && values.get(0).length() > MIN_PREFIX;
            default -> !TAGS.contains(field);
        };
        return Option.when(!isValid, field + " " + operator + " is not supported with this value")
                .orElse(() -> Option.when(
                        values.stream().anyMatch(value -> value.isEmpty() || value.length() > max),
                        field + " is empty or has more than " + max + " characters"));
    }

    boolean matches(List<String> actual) {
        return switch (operator) {
            case "=" -> actual.contains(values.get(0));
            case "in" -> actual.stream().anyMatch(values::contains);
            case "!=", "not in" -> !actual.isEmpty() && actual.stream().noneMatch(values::contains);
            case ">" -> actual.stream().anyMatch(value -> value.compareTo(values.get(0)) > 0);
            case "<" -> actual.stream().anyMatch(value -> value.compareTo(values.get(0)) < 0);
            default -> {
                String prefix = values.get(0).substring(0, values.get(0).length() - 1);
                yield actual.stream().anyMatch(value -> value.startsWith(prefix));
            }
        };
    }
}
