package io.otabridge.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** A connection to the {@link Server}. Knows as much of HTTP as the contenders send. */
final class ServedConnection {

    private static final Answer HUAWEI = Answer.of("ShowOtaPackage.json");
    private static final Answer ALIYUN = Answer.of("QueryOTAFirmware.json");
    private static final byte[] UNKNOWN =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOO_MANY =
            "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PACKAGES = bytes("/packages/");
    private static final byte[] FIRMWARE = bytes("firmwareid=");
    private static final byte[] LENGTH = bytes("\r\ncontent-length:");
    private static final byte[] CHUNKED = bytes("\r\ntransfer-encoding: chunked\r\n");
    private static final byte[] LAST_CHUNK = bytes("\r\n0\r\n\r\n");
    private static final byte[] END = bytes("\r\n\r\n");

    private final SocketChannel channel;
    private final byte[] in = new byte[1 << 14];
    private final ByteBuffer received = ByteBuffer.wrap(in);
    private final ByteBuffer answers = ByteBuffer.allocate(1 << 14);
    private int usedIn = -1;

    ServedConnection(SocketChannel channel) {
        this.channel = channel;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what has come, answers what is whole, and sends what can be sent.
     *
     * @param isAllowed is asked once for each request, whether it is to be answered or refused
     */
    void goOn(SelectionKey key, BooleanSupplier isAllowed) {
        try {
            if (key.isReadable() && channel.read(received) < 0) {
                channel.close();
                return;
            }
            answerAll(isAllowed);
            answers.flip();
            channel.write(answers);
            key.interestOps(answers.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            answers.compact();
        } catch (IOException gone) {
            close();
        }
    }

    /** Whether nobody has asked before within the time of this number. */
    boolean isUsedFirst(int number) {
        boolean isFirst = usedIn != number;
        usedIn = number;
        return isFirst;
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException alsoGone) {
            // Nobody is there to be told.
        }
    }

    private void answerAll(BooleanSupplier isAllowed) {
        int start = 0;
        int end = endOfRequest(start);
        while (end >= 0) {
            if (isAllowed.getAsBoolean()) {
                answer(start, end);
            } else {
                answers.put(TOO_MANY);
            }
            start = end;
            end = endOfRequest(start);
        }
        received.flip();
        received.position(start);
        received.compact();
    }

    /** Where the request ends that begins there; -1 if it has not come whole. */
    private int endOfRequest(int start) {
        int came = received.position();
        int headEnd = find(END, start, came);
        if (headEnd < 0) {
            return -1;
        }
        if (find(CHUNKED, start, headEnd + END.length) >= 0) {
            int last = find(LAST_CHUNK, headEnd + 2, came);
            return last < 0 ? -1 : last + LAST_CHUNK.length;
        }
        int end = headEnd + END.length + contentLength(start, headEnd);
        return end > came ? -1 : end;
    }

    private int contentLength(int start, int end) {
        int at = find(LENGTH, start, end);
        int length = 0;
        for (int i = at + LENGTH.length; at >= 0 && in[i] != '\r'; i++) {
            length = in[i] == ' ' ? length : length * 10 + in[i] - '0';
        }
        return length;
    }

    private void answer(int start, int end) {
        int huawei = find(PACKAGES, start, end);
        int aliyun = huawei < 0 ? find(FIRMWARE, start, end) : -1;
        if (huawei >= 0) {
            HUAWEI.write(answers, in, huawei + PACKAGES.length);
        } else if (aliyun >= 0) {
            ALIYUN.write(answers, in, aliyun + FIRMWARE.length);
        } else {
            answers.put(UNKNOWN);
        }
    }

    /** Where these lower-case characters begin in what was received, in whatever case; -1 if nowhere. */
    private int find(byte[] wanted, int from, int to) {
        for (int at = from; at <= to - wanted.length; at++) {
            int matched = 0;
            while (matched < wanted.length && lower(in[at + matched]) == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return at;
            }
        }
        return -1;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }
}
