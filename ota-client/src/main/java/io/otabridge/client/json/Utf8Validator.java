package io.otabridge.client.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Detects encoding errors that the JSON parser accepts: overlong or otherwise invalid UTF-8, and unpaired surrogates. */
final class Utf8Validator {

    private static final int BLOCK = 1 << 8;
    private static final int ESCAPE = 6;

    private Utf8Validator() {}

    /** Whether the bytes are valid UTF-8 and JSON escapes contain no unpaired surrogates. */
    static boolean isValid(byte[] json) {
        return isUtf8(json) && hasPairedSurrogates(json);
    }

    private static boolean isUtf8(byte[] bytes) {
        return isAscii(bytes) || isDecodable(bytes);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte next : bytes) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDecodable(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(Math.min(BLOCK, bytes.length + 2));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isUnderflow();
    }

    private static boolean hasPairedSurrogates(byte[] json) {
        int i = 0;
        while (i < json.length) {
            int unit = escaped(json, i);
            if (unit < 0 || !Character.isSurrogate((char) unit)) {
                i += json[i] == '\\' ? 2 : 1;
                continue;
            }
            int next = escaped(json, i + ESCAPE);
            if (!Character.isHighSurrogate((char) unit) || next < 0 || !Character.isLowSurrogate((char) next)) {
                return false;
            }
            i += 2 * ESCAPE;
        }
        return true;
    }

    /** The UTF-16 code unit of the escape at this index; negative if there is none. */
    private static int escaped(byte[] json, int at) {
        if (at + ESCAPE > json.length || json[at] != '\\' || json[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(json[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = 16 * unit + digit;
        }
        return unit;
    }
}
