package io.otabridge.domain.backend;

import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the process offers to every backend: environment variables, the home directory, the clock, and resources that are
 * shared, such as one HTTP client. Immutable; an adapter asks for a resource by its type and makes do without.
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

    /** The environment, home directory and UTC clock of this process, and no shared resource. */
    public static BackendContext system() {
        return new BackendContext(
                name -> Option.of(System.getenv(name)),
                Path.of(System.getProperty("user.home", ".")),
                Clock.systemUTC(),
                Map.of());
    }

    /** The value of an environment variable; absent if it is not set or blank. */
    public Option<String> environment(String name) {
        return environment.apply(name).filter(value -> !value.isBlank());
    }

    /** The user's home directory. */
    public Path home() {
        return home;
    }

    /** The clock by which requests are dated. */
    public Clock clock() {
        return clock;
    }

    /** The shared resource of this type, if there is one. */
    public <T> Option<T> resource(Class<T> type) {
        @Nullable Object found = resources.get(type);
        return found == null ? Option.none() : Option.some(type.cast(found));
    }

    /** The same with these environment variables in place of the process's. */
    public BackendContext withEnvironment(Map<String, String> variables) {
        Map<String, String> copy = Map.copyOf(variables);
        return new BackendContext(name -> Option.of(copy.get(name)), home, clock, resources);
    }

    public BackendContext withHome(Path newHome) {
        return new BackendContext(environment, newHome, clock, resources);
    }

    public BackendContext withClock(Clock newClock) {
        return new BackendContext(environment, home, newClock, resources);
    }

    /** The same with a resource to share; it replaces one of the same type. */
    public <T> BackendContext withResource(Class<T> type, T resource) {
        Map<Class<?>, Object> more = new HashMap<>(resources);
        more.put(type, resource);
        return new BackendContext(environment, home, clock, Map.copyOf(more));
    }
}
