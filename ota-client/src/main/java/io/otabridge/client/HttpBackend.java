package io.otabridge.client;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import java.time.Duration;

/**
 * The common part of all backends over HTTP. A subclass adds the ports and capabilities of the vendor. Safe for many
 * threads.
 */
public abstract class HttpBackend implements Backend {

    private final BackendClient client;
    private final Endpoint endpoint;

    /**
     * A backend.
     *
     * @param client the client, which provides name and vendor; it is closed with this backend
     */
    protected HttpBackend(BackendClient client, ConnectionSettings connection) {
        this.client = client;
        this.endpoint = connection.endpoint();
    }

    /** The client of this backend, with its timeout. */
    protected final BackendClient client() {
        return client;
    }

    @Override
    public final String name() {
        return client.backend();
    }

    @Override
    public final Vendor vendor() {
        return client.vendor();
    }

    @Override
    public final String endpoint() {
        return endpoint.toString();
    }

    @Override
    public final Duration clockOffset() {
        return client.clockOffset();
    }

    @Override
    public final void close() {
        client.close();
    }
}
