package io.otabridge.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A documented answer, whole with status line and headers but for the id that was asked for. */
final class Answer {

    private static final String ID = "@ID@";

    /** Every id has so many bytes, so that the answer's length is known beforehand. */
    static final int ID_LENGTH = 32;

    private final byte[] before;
    private final byte[] after;

    private Answer(String text) {
        int at = text.indexOf(ID);
        this.before = text.substring(0, at).getBytes(StandardCharsets.UTF_8);
        this.after = text.substring(at + ID.length()).getBytes(StandardCharsets.UTF_8);
    }

    /** The answer whose body is in this resource. */
    static Answer of(String resource) {
        String body = body(resource);
        int length = body.getBytes(StandardCharsets.UTF_8).length - ID.length() + ID_LENGTH;
        return new Answer("HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=utf-8\r\nContent-Length: " + length
                + "\r\nX-Request-Id: a01829ce75a14920b775921146a1ab79\r\n\r\n" + body);
    }

    /** The body in this resource, about a thing with this id. */
    static byte[] bodyFor(String resource, String id) {
        return body(resource).replace(ID, id).getBytes(StandardCharsets.UTF_8);
    }

    private static String body(String resource) {
        try (InputStream stream = Objects.requireNonNull(Answer.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Adds the answer about the id that stands there in the request. */
    void write(ByteBuffer to, byte[] request, int idAt) {
        to.put(before).put(request, idAt, ID_LENGTH).put(after);
    }
}
