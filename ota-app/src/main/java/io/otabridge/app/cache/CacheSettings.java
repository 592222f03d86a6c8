package io.otabridge.app.cache;

import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.spi.SettingsReader;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Map;

/**
 * The settings in the section {@code cache} of a backend. Immutable.
 *
 * @param firmware how long a package is cached; absent if packages are not cached
 * @param modules how long a module is cached; absent if modules are not cached
 * @param stale how much longer a cached entry is used while the vendor is unavailable
 * @param entries the maximum number of entries of each kind
 */
public record CacheSettings(Option<Duration> firmware, Option<Duration> modules, Duration stale, int entries) {

    private static final String KEY = "cache";
    private static final String LIBRARY = "com.github.benmanes.caffeine.cache.Caffeine";
    private static final int DEFAULT_ENTRIES = 10_000;
    private static final Map<String, TemporalUnit> UNITS =
            Map.of("ms", ChronoUnit.MILLIS, "s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS);

    private static final StringConstraint TIME = StringConstraint.matching(
            "time",
            "(?=.*[1-9])[0-9]{1,6}(ms|s|m|h)",
            "a whole number of milliseconds, seconds, minutes or hours, such as 30s, 5m or 1h");
    private static final StringConstraint ENTRIES =
            StringConstraint.matching("entries", "[1-9][0-9]{0,6}", "a whole number from 1 to 9999999");

    /** Reads {@code cache} of a backend's settings and reports errors there; absent if the section is missing. */
    public static Option<CacheSettings> read(SettingsReader backend) {
        SettingsReader cache = backend.section(KEY);
        CacheSettings settings = new CacheSettings(
                time(cache, "firmware"),
                time(cache, "modules"),
                time(cache, "stale").getOrElse(Duration.ZERO),
                cache.text("entries", ENTRIES).map(Integer::valueOf).getOrElse(DEFAULT_ENTRIES));
        if (!backend.has(KEY) || backend.hasError(KEY)) {
            return Option.none();
        }
        if (!cache.has("firmware") && !cache.has("modules")) {
            backend.error(KEY, "caches nothing: set firmware, modules or both, or remove it");
        }
        if (!isLibraryPresent()) {
            backend.error(
                    KEY,
                    "needs the library Caffeine, which is not on the class path: add"
                            + " com.github.ben-manes.caffeine:caffeine, or remove this setting");
        }
        return Option.some(settings);
    }

    private static Option<Duration> time(SettingsReader cache, String key) {
        return cache.text(key, TIME).map(CacheSettings::duration);
    }

    private static Duration duration(String text) {
        String unit = text.replaceFirst("[0-9]+", "");
        return Duration.of(Long.parseLong(text.substring(0, text.length() - unit.length())), UNITS.get(unit));
    }

    /** Caffeine is an optional dependency: it is needed only with a cache. */
    private static boolean isLibraryPresent() {
        try {
            Class.forName(LIBRARY, false, CacheSettings.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
