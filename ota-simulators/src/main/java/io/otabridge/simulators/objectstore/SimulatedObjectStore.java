package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.LoopbackServer;
import io.otabridge.simulators.server.ReceivedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A simulated object store on a loopback port. Its objects are files in a temporary folder, which {@link #close}
 * deletes, so that their size is not limited by memory. Safe for use by multiple threads.
 */
public abstract sealed class SimulatedObjectStore implements AutoCloseable permits ObsSimulator, OssSimulator {

    /** The modification time of generated objects. */
    static final Instant GENERATED_AT = Instant.parse("2024-01-01T00:00:00Z");

    final ObjectFolder objects;
    final StoreFaults faults;
    private final LoopbackServer server;

    SimulatedObjectStore(int port, ObjectFolder objects, StoreFaults faults, LoopbackServer.StreamingService service) {
        this.objects = objects;
        this.faults = faults;
        this.server = LoopbackServer.start(port, service);
    }

    /** Returns the endpoint, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Returns the number of requests received so far, rejected ones included. */
    public long requestCount() {
        return server.requestCount();
    }

    /** Returns the number of bytes of uploaded files so far, those of rejected and incomplete uploads included. */
    public long receivedBytes() {
        return objects.receivedBytes();
    }

    /**
     * Executes the next upload or deletion and then closes the connection without a response. Reads and rejected
     * requests before it get a response.
     */
    public void loseNextResponse() {
        server.loseNextResponse();
    }

    /** Rejects the next request with this error. Errors add up: each one rejects one request. */
    public void refuseNext(int status, String code) {
        refuseNext(request -> true, status, code);
    }

    /** Rejects the next request of this kind with this error. The request has no body yet. */
    public void refuseNext(Predicate<ReceivedRequest> kind, int status, String code) {
        faults.refuseNext(kind, new StoreError(status, code, "The simulator was asked for this error."));
    }

    /** Runs this action once, before the next request of this kind is handled. The request has no body yet. */
    public void beforeNext(Predicate<ReceivedRequest> kind, Runnable action) {
        server.beforeNext(kind, action);
    }

    /** Closes the connection of the next upload with more bytes than this after this number of bytes. */
    public void cutNextUpload(long afterBytes) {
        server.interruptNextUpload(afterBytes, false);
    }

    /** Reads this number of bytes of the next upload with more bytes, and then waits until this simulator is closed. */
    public void stallNextUpload(long afterBytes) {
        server.interruptNextUpload(afterBytes, true);
    }

    /** Closes the connection of the next download with more bytes than this after this number of bytes. */
    public void cutNextDownload(long afterBytes) {
        server.interruptNextDownload(afterBytes, false);
    }

    /** Sends this number of bytes of the next download with more bytes, and then waits until this simulator is closed. */
    public void stallNextDownload(long afterBytes) {
        server.interruptNextDownload(afterBytes, true);
    }

    /** Sets whether downloads of a range return the whole object with status 200. The default is false. */
    public void ignoreRanges(boolean ignored) {
        faults.ignoreRanges(ignored);
    }

    final void put(String bucket, String key, byte[] content, Function<ObjectFolder.Content, StoredObject> toObject) {
        try {
            objects.put(bucket, key, toObject.apply(objects.write(new ByteArrayInputStream(content), Long.MAX_VALUE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server immediately and deletes all objects. */
    @Override
    public void close() {
        server.close();
        objects.close();
    }
}
