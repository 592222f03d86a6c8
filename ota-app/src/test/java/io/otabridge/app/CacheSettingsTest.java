package io.otabridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.otabridge.app.cache.CacheSettings;
import io.otabridge.app.cache.CachingBackend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.collection.List;
import io.vavr.control.Option;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheSettingsTest {

    private final MemoryProvider.OpenedBackends backends = new MemoryProvider.OpenedBackends();
    private final BackendContext context =
            BackendContext.system().withResource(MemoryProvider.OpenedBackends.class, backends);

    @Test
    void does_not_cache_by_default() {
        try (OtaBridge ota = open(Map.of("region", "here"))) {
            assertThat(ota.backend()).isNotInstanceOf(CachingBackend.class);
        }
    }

    @Test
    void reads_all_settings() {
        SettingsReader settings = SettingsReader.of(
                "backends.prod",
                Map.of("cache", Map.of("firmware", "5m", "modules", "90s", "stale", "1h", "entries", 500)));

        assertThat(CacheSettings.read(settings))
                .contains(new CacheSettings(
                        Option.some(Duration.ofMinutes(5)),
                        Option.some(Duration.ofSeconds(90)),
                        Duration.ofHours(1),
                        500));
        assertThat(settings.finish(() -> "no error").isRight()).isTrue();
    }

    @Test
    void defaults_to_ten_thousand_entries_and_no_stale_ones() {
        assertThat(CacheSettings.read(SettingsReader.of("b", Map.of("cache", Map.of("modules", "250ms")))))
                .contains(new CacheSettings(Option.none(), Option.some(Duration.ofMillis(250)), Duration.ZERO, 10_000));
    }

    @Test
    void wraps_a_backend_of_any_adapter() {
        try (OtaBridge ota = open(Map.of("region", "here", "cache", Map.of("firmware", "5m")))) {
            assertThat(ota.backend()).isInstanceOf(CachingBackend.class);
            assertThat(ota.backend().endpoint()).isEqualTo("here");
        }
        assertThat(backends.closed).containsExactly("prod");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "firmware | 5     | must be a whole number of milliseconds, seconds, minutes or hours, such as 30s, 5m or 1h, but is \"5\"",
                "modules  | 0m    | must be a whole number of",
                "stale    | -1h   | must be a whole number of",
                "firmware | 5 m   | must be a whole number of",
                "modules  | 1d    | must be a whole number of",
                "entries  | 0     | must be a whole number from 1 to 9999999, but is \"0\"",
                "entries  | many  | must be a whole number from 1",
                "frimware | 5m    | is not a known setting (did you mean firmware?); known here: firmware, modules, stale, entries",
            })
    void rejects_an_invalid_setting(String key, String value, String problem) {
        Map<String, String> cache = new HashMap<>(Map.of("firmware", "1h"));
        cache.put(key, value);

        assertThatThrownBy(() -> open(Map.of("region", "here", "cache", cache)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has 1 error")
                .hasMessageContaining("backends.prod.cache." + key + " " + problem);
        assertThat(backends.opened).isEmpty();
    }

    @Test
    void rejects_a_cache_that_caches_nothing() {
        for (Map<String, String> nothing : List.of(Map.<String, String>of(), Map.of("stale", "1h"))) {
            assertThatThrownBy(() -> open(Map.of("region", "here", "cache", nothing)))
                    .hasMessageContaining("has 1 error")
                    .hasMessageContaining(
                            "backends.prod.cache caches nothing: set firmware, modules" + " or both, or remove it");
        }
    }

    @Test
    void rejects_a_cache_that_is_not_a_section() {
        assertThatThrownBy(() -> open(Map.of("region", "here", "cache", "on")))
                .hasMessageContaining("has 1 error")
                .hasMessageContaining("backends.prod.cache must be a section of settings, but is a single value");
    }

    @Test
    void reports_its_errors_together_with_others() {
        assertThatThrownBy(() -> open(Map.of("cache", Map.of("modules", "soon"))))
                .hasMessageContaining("has 2 errors")
                .hasMessageContaining("backends.prod.cache.modules must be")
                .hasMessageContaining("backends.prod.region is missing");
    }

    @Test
    void names_the_missing_library() throws Exception {
        assertThat(withoutCaffeine(Uncached.class)).isEqualTo("opened prod");
        assertThat(withoutCaffeine(Cached.class))
                .isEqualTo("The configuration has 1 error:\n"
                        + "  backends.prod.cache needs the library Caffeine, which is not on the class path: add"
                        + " com.github.ben-manes.caffeine:caffeine, or remove this setting");
    }

    /** Opens a backend with a cache. */
    public static final class Cached implements Callable<String> {

        @Override
        public String call() {
            return opened(Map.of("region", "here", "cache", Map.of("firmware", "5m")));
        }
    }

    /** Opens a backend without a cache. */
    public static final class Uncached implements Callable<String> {

        @Override
        public String call() {
            return opened(Map.of("region", "here"));
        }
    }

    private static String opened(Map<String, ?> settings) {
        OtaConfig config =
                OtaConfig.builder().backend("prod", "memory", settings).build();
        try (OtaBridge ota = OtaBridge.of(config)) {
            return "opened " + ota.backend().name();
        } catch (ConfigurationException invalid) {
            return invalid.getMessage();
        }
    }

    /** Runs a program on this class path without the jar of Caffeine. */
    private static String withoutCaffeine(Class<? extends Callable<String>> program) throws Exception {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        assertThat(classPath).as("the jar to be removed").anyMatch(CacheSettingsTest::isCaffeine);
        URL[] rest = Arrays.stream(classPath)
                .filter(entry -> !isCaffeine(entry))
                .map(CacheSettingsTest::url)
                .toArray(URL[]::new);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            Object made = loader.loadClass(program.getName()).getConstructor().newInstance();
            return (String) ((Callable<?>) made).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean isCaffeine(String entry) {
        return new File(entry).getName().startsWith("caffeine-");
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private OtaBridge open(Map<String, ?> settings) {
        OtaBridge ota = OtaBridge.of(
                OtaConfig.builder().backend("prod", "memory", settings).build(), context);
        ota.checkAll();
        return ota;
    }
}
