package io.otabridge.domain.observation;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;

/**
 * Watches every backend of an application. Hand one in with
 * {@link BackendContext#withResource BackendContext.withResource(BackendObserver.class, observer)}. Adapters call it on the
 * threads that ask, so it must be safe for many threads, fast, and must not throw: what it throws reaches whoever asked.
 */
public interface BackendObserver {

    /** Watches nothing. */
    BackendObserver NONE = origin -> CallObservation.NONE;

    /** The observer that this context brings, or one that watches nothing. */
    static BackendObserver in(BackendContext context) {
        return context.resource(BackendObserver.class).getOrElse(NONE);
    }

    /**
     * A backend has been opened.
     *
     * @param name the name it has in the configuration
     * @param state what can be looked up about it from then on; it lives as long as the backend
     */
    default void opened(String name, Vendor vendor, BackendStatus state) {}

    /**
     * A call begins, on this thread. It may need several requests, or none.
     *
     * @return is told what becomes of it, on the same thread
     */
    CallObservation started(OperationContext origin);

    /**
     * A question was put to the cache that the configuration asks for.
     *
     * @param origin its operation is the kind of thing: {@code firmware} or {@code modules}
     */
    default void cached(OperationContext origin, CacheResult use) {}

    /**
     * A backend did what was requested and has a remark, such as that its platform does not know one type of package. The same
     * remark may come often.
     *
     * @param note one sentence without a final stop; it holds no credential
     */
    default void noted(OperationContext origin, String note) {}
}
