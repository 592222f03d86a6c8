package io.otabridge.simulators.aliyun.operation;

import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a request by name.
 *
 * @param values the values as sent
 */
public record Parameters(SortedMap<String, String> values) {

    /** Returns a parameter that is present and not empty. */
    public Option<String> find(String name) {
        return Option.of(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns a parameter; "" if it is missing. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    public boolean has(String name) {
        return find(name).isDefined();
    }

    /** Returns whether a parameter is {@code true}. */
    public boolean isTrue(String name) {
        return text(name).equalsIgnoreCase("true");
    }

    /** Returns whether a parameter is missing or {@code true}. */
    public boolean isNotFalse(String name) {
        return !text(name).equalsIgnoreCase("false");
    }

    /** Returns a number; {@code defaultValue} if it is missing, -1 if it is not a number of up to 9 digits. */
    public int number(String name, int defaultValue) {
        return find(name)
                .map(text -> text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1)
                .getOrElse(defaultValue);
    }

    /** Returns the values of a list: {@code Name.1}, {@code Name.2} and so on. */
    public List<String> list(String name) {
        List<String> found = new ArrayList<>();
        for (Option<String> next = find(name + ".1"); next.isDefined(); next = find(name + "." + (found.size() + 1))) {
            found.add(next.get());
        }
        return found;
    }

    /** Returns the members of each structure of a list: {@code Name.1.Key}, {@code Name.1.Value} and so on. */
    public List<Map<String, String>> structures(String name) {
        TreeMap<Integer, Map<String, String>> found = new TreeMap<>();
        values.forEach((parameter, value) -> {
            String[] parts = parameter.split("\\.", -1);
            if (parts.length == 3 && parts[0].equals(name) && parts[1].matches("[1-9][0-9]{0,3}")) {
                found.computeIfAbsent(Integer.valueOf(parts[1]), absent -> new TreeMap<>())
                        .put(parts[2], value);
            }
        });
        return List.copyOf(found.values());
    }
}
