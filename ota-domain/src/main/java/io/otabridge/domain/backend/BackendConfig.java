package io.otabridge.domain.backend;

import io.otabridge.domain.Vendor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of one backend, created in Java. Each adapter has a builder for its vendor; a configuration file has the
 * same settings under the same keys. The settings are checked when the backend is opened, as those of a file are.
 * Immutable. {@code toString} shows no settings.
 */
public final class BackendConfig {

    private final Vendor vendor;
    /** Transient, so that libraries that write objects by their fields leave it out. */
    private final transient Map<String, Object> settings;

    private BackendConfig(Vendor vendor, Map<String, Object> settings) {
        this.vendor = vendor;
        this.settings = settings;
    }

    /**
     * Creates the settings of a backend whose adapter has no builder.
     *
     * @param settings by key: a text, number, boolean or {@link Secret}, or a map of these for a section
     */
    public static BackendConfig of(Vendor vendor, Map<String, ?> settings) {
        return new BackendConfig(vendor, Collections.unmodifiableMap(new LinkedHashMap<>(settings)));
    }

    /** Returns the vendor whose adapter reads the settings. */
    public Vendor vendor() {
        return vendor;
    }

    /** Returns the settings by key. A section is a map, and secrets are instances of {@link Secret}. */
    public Map<String, Object> settings() {
        return settings;
    }

    @Override
    public String toString() {
        return "BackendConfig[" + vendor + "]";
    }

    /**
     * A builder with the settings that all vendors share. Not safe for use by multiple threads.
     *
     * @param <B> the builder of the vendor
     */
    public abstract static class Builder<B extends Builder<B>> {

        private static final String CACHE = "cache";

        private final Vendor vendor;
        private final transient Map<String, Object> settings = new LinkedHashMap<>();

        /** Creates a builder for this vendor. */
        protected Builder(Vendor vendor) {
            this.vendor = vendor;
        }

        /** Returns this builder. */
        protected abstract B self();

        /** Sets a value, replacing an earlier one. */
        protected final B set(String key, Object value) {
            settings.put(key, value);
            return self();
        }

        /** Sets a value in a section, replacing an earlier one. */
        @SuppressWarnings("unchecked")
        protected final B set(String section, String key, Object value) {
            ((Map<String, Object>) settings.computeIfAbsent(section, first -> new LinkedHashMap<>())).put(key, value);
            return self();
        }

        /** Sets the deadline of each call, including waits and retries, in whole milliseconds. Default: 10 seconds. */
        public B timeout(Duration deadline) {
            return set("timeout", text(deadline));
        }

        /** Sets the maximum number of retries, 0 to 9. Default: 2. */
        public B retries(int max) {
            return set("retries", max);
        }

        /**
         * Sets whether the circuit breaker is active. It rejects calls for some seconds when the backend keeps failing.
         * Default: active.
         */
        public B circuitBreaker(boolean isOn) {
            return set("circuit-breaker", onOrOff(isOn));
        }

        /** Sets the maximum size of a response in bytes, after decompression. Default: 8 MiB. */
        public B maxResponseBytes(long max) {
            return set("max-response-bytes", max);
        }

        /** Sets whether {@code http://} is allowed for hosts other than this machine. Default: not allowed. */
        public B allowCleartext(boolean isAllowed) {
            return set("allow-cleartext", isAllowed);
        }

        /** Sets how long packages found by id are cached. Default: not cached. Needs Caffeine on the class path. */
        public B cacheFirmware(Duration time) {
            return set(CACHE, "firmware", longText(time));
        }

        /** Sets how long modules are cached. Default: not cached. Needs Caffeine on the class path. */
        public B cacheModules(Duration time) {
            return set(CACHE, "modules", longText(time));
        }

        /** Sets how much longer cached entries are used while the vendor is unavailable. Default: zero. */
        public B cacheStale(Duration time) {
            return set(CACHE, "stale", longText(time));
        }

        /** Sets how many packages and how many modules are cached at most. Default: 10,000. */
        public B cacheEntries(int max) {
            return set(CACHE, "entries", max);
        }

        /** Builds the settings. */
        public BackendConfig build() {
            Map<String, Object> copy = new LinkedHashMap<>();
            settings.forEach((key, value) -> copy.put(
                    key,
                    value instanceof Map<?, ?> section
                            ? Collections.unmodifiableMap(new LinkedHashMap<>(section))
                            : value));
            return BackendConfig.of(vendor, copy);
        }

        /** Returns {@code on} or {@code off}. */
        protected static String onOrOff(boolean isOn) {
            return isOn ? "on" : "off";
        }

        /** Formats a duration in hours or minutes if it is a whole number of them: a file allows six digits. */
        private static String longText(Duration duration) {
            if (duration.getNano() != 0 || duration.getSeconds() % 60 != 0) {
                return text(duration);
            }
            return duration.getSeconds() % 3600 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
        }

        /**
         * Formats a duration as in a file, such as {@code 10s}. Other precisions are rejected when the backend is
         * opened.
         */
        private static String text(Duration duration) {
            if (duration.getNano() % 1_000_000 != 0) {
                return duration.toString();
            }
            return duration.getNano() == 0 ? duration.getSeconds() + "s" : duration.toMillis() + "ms";
        }
    }
}
