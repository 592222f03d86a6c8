package io.otabridge.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Where output goes. When whoever reads it has seen enough, as {@code head} has, the rest is dropped, and nothing is wrong. Any
 * other failure to write is one. For one thread.
 */
public final class BrokenPipeOutputStream extends FilterOutputStream {

    private boolean isDeserted;

    public BrokenPipeOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (isDeserted) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException failed) {
            // There is no type for it; systems speak of a broken pipe, or of one that is closed or has ended.
            isDeserted =
                    String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            if (!isDeserted) {
                throw failed;
            }
        }
    }
}
