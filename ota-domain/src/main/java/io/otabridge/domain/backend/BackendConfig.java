package io.otabridge.domain.backend;

import io.otabridge.domain.Vendor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of one backend, made in Java. Each adapter has a builder for its vendor; a configuration file has the same
 * settings under the same keys. Nothing is checked here: the settings are checked when the backend is opened, as those of a
 * file are. Immutable. Its {@code toString} shows no settings.
 */
public final class BackendConfig {

    private final Vendor vendor;
    private final Map<String, Object> settings;

    private BackendConfig(Vendor vendor, Map<String, Object> settings) {
        this.vendor = vendor;
        this.settings = settings;
    }

    /**
     * The settings of a backend whose adapter has no builder.
     *
     * @param settings by key: a text, number, boolean or {@link Secret}, or a map of such for a section
     */
    public static BackendConfig of(Vendor vendor, Map<String, ?> settings) {
        return new BackendConfig(vendor, Collections.unmodifiableMap(new LinkedHashMap<>(settings)));
    }

    /** The vendor whose adapter reads the settings. */
    public Vendor vendor() {
        return vendor;
    }

    /** The settings by their keys in a file; those of a section are a map. Secrets are {@link Secret}s. */
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public String toString() {
        return "BackendConfig[" + vendor + "]";
    }

    /**
     * Collects settings by name; here are those that every vendor has. For one thread.
     *
     * @param <B> the builder of the vendor
     */
    public abstract static class Builder<B extends Builder<B>> {

        private static final String CACHE = "cache";

        private final Vendor vendor;
        private final Map<String, Object> settings = new LinkedHashMap<>();

        protected Builder(Vendor vendor) {
            this.vendor = vendor;
        }

        /** This builder. */
        protected abstract B self();

        /** Sets the value at a key, and replaces one that was set before. */
        protected final B set(String key, Object value) {
            settings.put(key, value);
            return self();
        }

        /** Sets the value at a key of a section, and replaces one that was set before. */
        @SuppressWarnings("unchecked")
        protected final B set(String section, String key, Object value) {
            ((Map<String, Object>) settings.computeIfAbsent(section, first -> new LinkedHashMap<>())).put(key, value);
            return self();
        }

        /** The deadline of each call, waits and retries included; 10 seconds unless set. Whole milliseconds. */
        public B timeout(Duration deadline) {
            return set("timeout", text(deadline));
        }

        /** How often a call is retried at most, from 0 to 9; 2 unless set. */
        public B retries(int most) {
            return set("retries", most);
        }

        /** Whether calls to a backend that keeps failing are refused for some seconds; they are unless set. */
        public B circuitBreaker(boolean isOn) {
            return set("circuit-breaker", onOrOff(isOn));
        }

        /** The largest response that is read, after decompression; 8 MiB unless set. */
        public B maxResponseBytes(long most) {
            return set("max-response-bytes", most);
        }

        /** Whether {@code http://} to a host other than this machine is allowed; it is not unless set. */
        public B allowCleartext(boolean isAllowed) {
            return set("allow-cleartext", isAllowed);
        }

        /** Keeps packages that were found by their ids for this time. Needs Caffeine on the class path. */
        public B cacheFirmware(Duration time) {
            return set(CACHE, "firmware", longText(time));
        }

        /** Keeps modules that were found for this time. Needs Caffeine on the class path. */
        public B cacheModules(Duration time) {
            return set(CACHE, "modules", longText(time));
        }

        /** How much longer cached things serve while the vendor cannot answer; not at all unless set. */
        public B cacheStale(Duration time) {
            return set(CACHE, "stale", longText(time));
        }

        /** How many packages and how many modules are kept at most; 10,000 unless set. */
        public B cacheEntries(int most) {
            return set(CACHE, "entries", most);
        }

        /** The settings collected so far. */
        public BackendConfig build() {
            Map<String, Object> copy = new LinkedHashMap<>();
            settings.forEach((key, value) -> copy.put(
                    key,
                    value instanceof Map<?, ?> section
                            ? Collections.unmodifiableMap(new LinkedHashMap<>(section))
                            : value));
            return BackendConfig.of(vendor, copy);
        }

        /** The word for a switch in a configuration. */
        protected static String onOrOff(boolean isOn) {
            return isOn ? "on" : "off";
        }

        /** The same in hours or minutes where it is a whole number of them, which fits a longer time into the digits allowed. */
        private static String longText(Duration duration) {
            if (duration.getNano() != 0 || duration.getSeconds() % 60 != 0) {
                return text(duration);
            }
            return duration.getSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
        }

        /** As a file has it, such as {@code 10s}. A duration that no file can have is refused when the backend is opened. */
        private static String text(Duration duration) {
            if (duration.getNano() % 1_000_000 != 0) {
                return duration.toString();
            }
            return duration.getNano() == 0 ? duration.getSeconds() + "s" : duration.toMillis() + "ms";
        }
    }
}
