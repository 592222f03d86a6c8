package io.otabridge.simulators.server;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A fault in the middle of a body: after some bytes the connection is closed, or nothing is transferred any more. */
record BodyFault(long afterBytes, boolean stalls, CountDownLatch closed) {

    /** Returns a stream that reads a request body up to the fault. */
    InputStream wrap(InputStream body) {
        return new FilterInputStream(body) {
            private long left = afterBytes;

            @Override
            public int read() throws IOException {
                byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left == 0) {
                    strike();
                }
                int count = in.read(bytes, offset, (int) Math.min(length, left));
                left -= Math.max(0, count);
                return count;
            }
        };
    }

    /** Returns a stream that writes a response body up to the fault. */
    OutputStream wrap(OutputStream body) {
        return new FilterOutputStream(body) {
            private long left = afterBytes;

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int count = (int) Math.min(length, left);
                out.write(bytes, offset, count);
                left -= count;
                if (count < length) {
                    out.flush();
                    strike();
                }
            }
        };
    }

    private void strike() throws IOException {
        if (stalls) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the simulator was closed");
            }
        }
        throw new IOException("the simulator closes the connection after " + afterBytes + " bytes");
    }
}
