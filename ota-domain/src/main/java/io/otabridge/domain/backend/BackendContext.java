package io.otabridge.domain.backend;

import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The environment of all backends: environment variables, home directory, clock, and shared resources such as an HTTP
 * client. Adapters look resources up by type, and use a default if there is none. Immutable.
 */
public final class BackendContext {

    private final Function<String, Option<String>> environment;
    private final Path home;
    private final Clock clock;
    private final Map<Class<?>, Object> resources;

    private BackendContext(
            Function<String, Option<String>> environment, Path home, Clock clock, Map<Class<?>, Object> resources) {
        this.environment = environment;
        this.home = home;
        this.clock = clock;
        this.resources = resources;
    }

    /**
     * Returns a context with the environment, home directory and UTC clock of this process, and no shared resources.
     */
    public static BackendContext system() {
        return new BackendContext(
                name -> Option.of(System.getenv(name)),
                Path.of(System.getProperty("user.home", ".")),
                Clock.systemUTC(),
                Map.of());
    }

    /** Returns the value of an environment variable; absent if it is not set or blank. */
    public Option<String> environment(String name) {
        return environment.apply(name).filter(value -> !value.isBlank());
    }

    /** Whether an environment variable is set, but blank. */
    public boolean isBlankInEnvironment(String name) {
        return environment.apply(name).exists(String::isBlank);
    }

    /** Returns the user's home directory. */
    public Path home() {
        return home;
    }

    /** Returns the clock for request timestamps. */
    public Clock clock() {
        return clock;
    }

    /** Returns the shared resource of this type; absent if there is none. */
    public <T> Option<T> resource(Class<T> type) {
        @Nullable Object found = resources.get(type);
        return found == null ? Option.none() : Option.some(type.cast(found));
    }

    /** Returns a copy with these environment variables instead of those of the process. */
    public BackendContext withEnvironment(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        return new BackendContext(name -> Option.of(copy.get(name)), home, clock, resources);
    }

    /** Returns a copy with this home directory. */
    public BackendContext withHome(Path newHome) {
        return new BackendContext(environment, newHome, clock, resources);
    }

    /** Returns a copy with this clock. */
    public BackendContext withClock(Clock newClock) {
        return new BackendContext(environment, home, newClock, resources);
    }

    /** Returns a copy with this shared resource, replacing one of the same type. */
    public <T> BackendContext withResource(Class<T> type, T resource) {
        Map<Class<?>, Object> more = new HashMap<>(resources);
        more.put(type, resource);
        return new BackendContext(environment, home, clock, Map.copyOf(more));
    }
}
