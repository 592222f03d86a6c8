package io.otabridge.simulators.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gzip-compressed bodies, complete and in pieces. */
public final class Gzip {

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    private static final int MEBIBYTE = 1 << 20;

    private Gzip() {}

    /** Returns a compressed body. */
    public static byte[] of(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    /** Returns the gzip header, to be followed by any number of pieces. */
    public static byte[] header() {
        return HEADER.clone();
    }

    /** Returns a piece of about a thousand bytes that decompresses to 1 MiB of spaces. */
    public static byte[] mebibyteOfBlanks() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(" ".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[MEBIBYTE];
            int length = deflater.deflate(piece, 0, piece.length, Deflater.FULL_FLUSH);
            return Arrays.copyOf(piece, length);
        } finally {
            deflater.end();
        }
    }
}
