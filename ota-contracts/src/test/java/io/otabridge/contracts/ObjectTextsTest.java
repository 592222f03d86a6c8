package io.otabridge.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.contracts.job.ObjectTexts;
import io.vavr.Lazy;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.lang.ref.SoftReference;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A secret is found wherever an object can hold it. */
class ObjectTextsTest {

    private static final String SECRET = "5ecret";

    enum Place {
        TEXT(secret -> secret),
        TEXT_BUILDER(StringBuilder::new),
        BYTES(Place::bytes),
        BYTES_IN_OTHER_TEXT(secret -> bytes("{\"灯\":\"" + secret + "\"}")),
        CHARACTERS(String::toCharArray),
        BYTE_BUFFER(secret -> ByteBuffer.wrap(bytes(secret))),
        READ_BYTE_BUFFER(secret -> ByteBuffer.wrap(bytes(secret)).position(secret.length())),
        DIRECT_BYTE_BUFFER(secret ->
                ByteBuffer.allocateDirect(secret.length()).put(bytes(secret)).flip()),
        ATOMIC_REFERENCE(AtomicReference::new),
        SOFT_REFERENCE(SoftReference::new),
        OPTIONAL(Optional::of),
        OPTION(Option::some),
        EITHER(Either::right),
        LAZY(secret -> {
            Lazy<String> lazy = Lazy.of(() -> secret);
            lazy.get();
            return lazy;
        }),
        LAMBDA(secret -> (Supplier<String>) () -> secret),
        FUTURE(CompletableFuture::completedFuture),
        FAILED_FUTURE(secret -> CompletableFuture.failedFuture(new IllegalStateException(secret))),
        FUTURE_TASK(secret -> {
            FutureTask<String> task = new FutureTask<>(() -> secret);
            task.run();
            return task;
        }),
        EXCEPTION(IllegalStateException::new),
        CAUSE(secret -> new IllegalStateException("text", new RuntimeException(secret))),
        SUPPRESSED(secret -> {
            RuntimeException thrown = new RuntimeException("text");
            thrown.addSuppressed(new RuntimeException(secret));
            return thrown;
        }),
        ADDRESS(secret -> URI.create("https://host/?token=" + secret)),
        PATH(secret -> Path.of("folder", secret)),
        KEY(secret -> Map.of(secret, 1)),
        VALUE(secret -> Map.of(1, secret)),
        ELEMENT(List::of),
        ARRAY(secret -> new String[] {secret});

        private final Function<String, Object> holding;

        Place(Function<String, Object> holding) {
            this.holding = holding;
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private record Holder(Object held) {}

    @ParameterizedTest
    @EnumSource
    void a_secret_is_found_in(Place place) {
        Object holder = new Holder(place.holding.apply(SECRET));

        assertThat(ObjectTexts.of(holder)).anyMatch(text -> text.contains(SECRET));
    }

    @Test
    void a_future_that_has_no_result_is_not_awaited() {
        assertThat(ObjectTexts.of(List.of(new CompletableFuture<>(), "other"))).contains("other");
    }
}
