package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.otabridge.simulators.server.Digests;

/**
 * A file of the initial data. Its bytes are computed from its title, so that it needs no space until it is read.
 *
 * @param title determines the bytes: equal titles have equal bytes
 */
public record GeneratedFile(String title, int size) {

    /** Returns the bytes: a line of text, repeated up to the size. */
    public byte[] content() {
        byte[] line = ("Simulated firmware " + title + "\n").getBytes(UTF_8);
        byte[] content = new byte[size];
        for (int at = 0; at < size; at += line.length) {
            System.arraycopy(line, 0, content, at, Math.min(line.length, size - at));
        }
        return content;
    }

    /** Returns the MD5 of the bytes, as lower-case hexadecimal digits. */
    public String md5() {
        return Digests.md5Hex(content());
    }

    /** Returns the SHA-256 of the bytes, as lower-case hexadecimal digits. */
    public String sha256() {
        return Digests.sha256Hex(content());
    }
}
