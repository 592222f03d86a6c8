package io.otabridge.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * An output stream that ignores a broken pipe: after the reader, such as {@code head}, closes the pipe, output is discarded
 * without an error. Other errors are thrown. Not thread-safe.
 */
public final class BrokenPipeOutputStream extends FilterOutputStream {

    private boolean isBroken;

    public BrokenPipeOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isBroken) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException failed) {
            // Java has no exception type for a broken pipe. All systems mention "pipe" in the message.
            isBroken =
                    String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            if (!isBroken) {
                throw failed;
            }
        }
    }
}
