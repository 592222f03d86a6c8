package io.otabridge.domain.observation;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;

/**
 * Observes every backend of an application, for metrics and traces. Pass it with {@link BackendContext#withResource
 * BackendContext.withResource(BackendObserver.class, observer)}. Adapters call it on the calling threads, so it must be
 * safe for use by multiple threads, fast, and must not throw: its exceptions reach the caller.
 */
public interface BackendObserver {

    /** An observer that does nothing. */
    BackendObserver NONE = origin -> CallObservation.NONE;

    /** Returns the observer of a context; {@link #NONE} if it has none. */
    static BackendObserver in(BackendContext context) {
        return context.resource(BackendObserver.class).getOrElse(NONE);
    }

    /**
     * Called when a backend has been opened.
     *
     * @param name the name of the backend in the configuration
     * @param vendor the vendor of the backend
     * @param state the status of the backend, valid until the backend is closed
     */
    default void opened(String name, Vendor vendor, BackendStatus state) {}

    /**
     * Called when a call starts, on the calling thread. A call may send several requests, or none.
     *
     * @return receives the events of the call, on the same thread
     */
    CallObservation started(OperationContext origin);

    /**
     * Called after a lookup in the configured cache.
     *
     * @param origin its operation is the type of the object: {@code firmware} or {@code modules}
     */
    default void cached(OperationContext origin, CacheResult use) {}

    /**
     * Called when an operation succeeded with a warning, for example because the platform does not support a package
     * type. The same warning may be repeated.
     *
     * @param note one sentence without a final period; it holds no credential
     */
    default void warned(OperationContext origin, String note) {}

    /**
     * Called when a change has been sent and its result is known, or its deadline has passed; also for uploads and
     * deletions in an object store. Not called for a dry run, or if nothing was sent.
     */
    default void changed(ChangeEvent event) {}
}
