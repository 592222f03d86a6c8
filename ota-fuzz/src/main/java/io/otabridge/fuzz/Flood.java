package io.otabridge.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * An input as large as may come, which is one piece over and over.
 *
 * @param begin what stands before the pieces
 * @param piece what is repeated
 * @param end what stands after them
 */
public record Flood(String begin, String piece, String end) {

    byte[] ofSize(int bytes) {
        byte[] first = begin.getBytes(UTF_8);
        byte[] repeated = piece.getBytes(UTF_8);
        byte[] last = end.getBytes(UTF_8);
        int times = (bytes - first.length - last.length) / repeated.length;
        byte[] flood = Arrays.copyOf(first, first.length + times * repeated.length + last.length);
        for (int i = 0; i < times; i++) {
            System.arraycopy(repeated, 0, flood, first.length + i * repeated.length, repeated.length);
        }
        System.arraycopy(last, 0, flood, flood.length - last.length, last.length);
        return flood;
    }
}
