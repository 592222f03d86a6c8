package io.otabridge.client;

import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import java.time.Duration;

/** The part that all backends over HTTP share. A subclass adds the vendor's ports and capabilities. Safe for many threads. */
public abstract class HttpBackend implements Backend {

    private final BackendClient calls;
    private final Endpoint endpoint;

    /**
     * A backend.
     *
     * @param calls know its name and vendor; closed with it
     */
    protected HttpBackend(BackendClient calls, ConnectionSettings connection) {
        this.calls = calls;
        this.endpoint = connection.endpoint();
    }

    /** The calls of this backend, with its timeout. */
    protected final BackendClient calls() {
        return calls;
    }

    @Override
    public final String name() {
        return calls.backend();
    }

    @Override
    public final Vendor vendor() {
        return calls.vendor();
    }

    @Override
    public final String endpoint() {
        return endpoint.toString();
    }

    @Override
    public final Duration clockOffset() {
        return calls.clockOffset();
    }

    @Override
    public final void close() {
        calls.close();
    }
}
