package io.otabridge.spring.health;

import io.otabridge.app.OtaBridge;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The health of all backends by name. */
record OtaHealth(Map<String, BackendHealth> byName) {

    /** The group that has only the backends. */
    static final String GROUP = "ota";

    /** The name that Spring Boot gives to the bean {@code otaBackendsHealthContributor}. It differs from all groups. */
    private static final String CONTRIBUTOR = "otaBackends";

    static OtaHealth of(OtaBridge ota, Duration ttl, Duration timeout) {
        Map<String, BackendHealth> byName = new LinkedHashMap<>();
        ota.backendNames()
                .forEach(name -> byName.put(name, new BackendHealth(ota, name, ttl, timeout, System::nanoTime)));
        return new OtaHealth(byName);
    }

    /** Returns whether this is the name of the contributor, or the path of a backend below it. */
    static boolean isBackend(String name) {
        return name.equals(CONTRIBUTOR) || name.startsWith(CONTRIBUTOR + "/");
    }
}
