package io.otabridge.client;

import io.otabridge.client.config.CallOptions;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.vavr.collection.List;
import io.vavr.control.Option;

/** Clients of the backend {@code prod} without secrets and without rate limiting. */
public final class TestClients {

    private TestClients() {}

    public static BackendClient client(CallOptions limits) {
        return client(limits, BackendContext.system());
    }

    public static BackendClient client(CallOptions limits, BackendContext context) {
        return new BackendClient(
                "prod", Vendor.of("acme"), Redactor.hiding(List.empty()), context, limits, Option.none());
    }
}
