package io.otabridge.cli.option;

import io.vavr.control.Option;
import java.util.Comparator;
import java.util.function.Function;

/** A value of {@code --sort}. Entries without the value are last, also in reverse order. */
public interface SortKey<T> {

    Comparator<T> order(boolean reverse);

    static <T, K> SortKey<T> of(Function<T, Option<K>> key, Comparator<? super K> order) {
        return reverse -> {
            Comparator<? super K> directed = reverse ? order.reversed() : order;
            return (first, second) -> {
                Option<K> one = key.apply(first);
                Option<K> other = key.apply(second);
                return one.isEmpty() || other.isEmpty()
                        ? Boolean.compare(one.isEmpty(), other.isEmpty())
                        : directed.compare(one.get(), other.get());
            };
        };
    }
}
