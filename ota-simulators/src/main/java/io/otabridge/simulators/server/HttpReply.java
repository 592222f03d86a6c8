package io.otabridge.simulators.server;

import io.vavr.control.Option;
import java.nio.file.Path;
import java.util.Map;

/**
 * A response of a simulator.
 *
 * @param body the body, sent in UTF-8; not used if there is a file
 * @param file the part of a file to send as the body
 * @param isOfChange whether the request created, updated or deleted something
 */
public record HttpReply(
        int status, Map<String, String> headers, String body, Option<FileRange> file, boolean isOfChange) {

    /** Consecutive bytes of a file. */
    public record FileRange(Path file, long from, long length) {}

    /** Copies the headers. */
    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** Creates a response to a read or to a rejected request. */
    public HttpReply(int status, Map<String, String> headers, String body) {
        this(status, headers, body, Option.none(), false);
    }

    /** Creates a response whose body is read from a file. */
    public HttpReply(int status, Map<String, String> headers, FileRange file) {
        this(status, headers, "", Option.some(file), false);
    }

    /** Returns a copy that is the response to an executed change. */
    public HttpReply ofChange() {
        return new HttpReply(status, headers, body, file, true);
    }
}
