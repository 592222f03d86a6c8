package io.otabridge.simulators.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vavr.control.Option;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code multipart/form-data} body part by part, without keeping it in memory. */
final class MultipartForm {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data;.*?boundary=\"?([^\";]{1,70})\"?.*");
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:.*[; ]name=\"([^\"]*)\".*");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type: *(.*?) *");
    private static final int MAX_TEXT = 8 * 1024;

    private final InputStream body;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[1 << 16];
    private int start;
    private int end = 2;

    /**
     * A part of the form.
     *
     * @param content the content, which must be read before the next part
     */
    record Part(String name, Option<String> contentType, InputStream content) {

        /** Returns the content as a text, cut off after 8 KiB. */
        String text() throws IOException {
            String text = new String(content.readNBytes(MAX_TEXT), UTF_8);
            content.transferTo(OutputStream.nullOutputStream());
            return text;
        }
    }

    private MultipartForm(InputStream body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(UTF_8);
        // The first delimiter may be the start of the body, without a line break before it.
        buffer[0] = '\r';
        buffer[1] = '\n';
    }

    /** Returns the form of a body; none if its content type is another one. */
    static Option<MultipartForm> of(String contentType, InputStream body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return Option.when(matcher.matches(), () -> new MultipartForm(body, matcher.group(1)));
    }

    /** Returns the next part; none at the end. Skips what is left of the part before. */
    Option<Part> next() throws IOException {
        InputStream content = new Content();
        content.transferTo(OutputStream.nullOutputStream());
        start += delimiter.length;
        String rest = line();
        if (rest.startsWith("--")) {
            return Option.none();
        }
        String name = "";
        Option<String> type = Option.none();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher nameHeader = NAME.matcher(line);
            name = nameHeader.matches() ? nameHeader.group(1) : name;
            Matcher typeHeader = TYPE.matcher(line);
            type = typeHeader.matches() ? Option.some(typeHeader.group(1)) : type;
        }
        return Option.some(new Part(name, type, content));
    }

    /** Reads a line. The last line of the body may end with the body. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < MAX_TEXT && (start < end || fill())) {
            byte next = buffer[start++];
            if (next == '\n') {
                break;
            }
            line.write(next);
        }
        return line.toString(UTF_8).stripTrailing();
    }

    /** Reads more of the body. Returns false at its end. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int count = body.read(buffer, end, buffer.length - end);
        end += Math.max(0, count);
        return count > 0;
    }

    /** Returns the position of the delimiter in the buffer; the end if there is none. */
    private int delimiterPosition() {
        for (int at = start; at + delimiter.length <= end; at++) {
            int length = 0;
            while (length < delimiter.length && buffer[at + length] == delimiter[length]) {
                length++;
            }
            if (length == delimiter.length) {
                return at;
            }
        }
        return end;
    }

    /** The bytes up to the next delimiter. */
    private final class Content extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int limit = delimiterPosition();
            // The last bytes may be the start of a delimiter.
            while (limit == end && end - start < delimiter.length) {
                if (!fill()) {
                    throw new EOFException("the form has no closing boundary");
                }
                limit = delimiterPosition();
            }
            int available = limit == end ? end - start - delimiter.length + 1 : limit - start;
            if (available == 0) {
                return -1;
            }
            int count = Math.min(length, available);
            System.arraycopy(buffer, start, bytes, offset, count);
            start += count;
            return count;
        }
    }
}
