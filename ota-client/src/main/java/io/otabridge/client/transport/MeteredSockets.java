package io.otabridge.client.transport;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that report to {@link CallTraffic}. They reject the request of another call while unread bytes are left,
 * because those would be read as its response. Two factories over the same factory are equal, so that their connections
 * are shared.
 */
final class MeteredSockets extends SocketFactory {

    private final SocketFactory factory;

    MeteredSockets(SocketFactory factory) {
        this.factory = factory;
    }

    /** This socket, wrapped unless it is metered already. */
    static Socket metered(Socket socket) {
        return socket instanceof Metered ? socket : new Metered(socket);
    }

    @Override
    public Socket createSocket() throws IOException {
        return new Metered(factory.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Metered(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Metered(factory.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Metered(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return new Metered(factory.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeteredSockets metered && factory.equals(metered.factory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(factory);
    }

    /** Reads and writes hold no lock, so {@link #close} does not wait for them. */
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    private static final class Metered extends Socket {

        private final Socket socket;
        private @Nullable CallTraffic user;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;
        private boolean hadSurplus;

        Metered(Socket socket) {
            this.socket = socket;
            this.user = CallTraffic.current();
            if (user != null && user.isByteWise()) {
                user.watch(this::hasSurplus);
            }
        }

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                InputStream received = new Received(socket.getInputStream());
                in = user != null && user.isByteWise() ? new ByteWise(received) : received;
            }
            return in;
        }

        @Override
        public synchronized OutputStream getOutputStream() throws IOException {
            if (out == null) {
                out = new Sent(socket.getOutputStream());
            }
            return out;
        }

        /** Starts another call on this connection. The call that opened the connection needs no check. */
        private void begin(CallTraffic traffic) throws IOException {
            if (traffic != user) {
                user = traffic;
                if (getInputStream().available() > 0) {
                    // Closed, because the HTTP client reads a response even if it could not send the request.
                    close();
                    throw new SocketException("unread bytes on a pooled connection");
                }
            }
        }

        /** The connection pool of the HTTP client may close sockets from another thread. */
        @Override
        public synchronized void close() throws IOException {
            try {
                hadSurplus = hasSurplus();
            } finally {
                socket.close();
            }
        }

        private synchronized boolean hasSurplus() throws IOException {
            return hadSurplus || (in instanceof ByteWise && !isClosed() && in.available() > 0);
        }

        private final class Sent extends FilterOutputStream {

            Sent(OutputStream out) {
                super(out);
            }

            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                CallTraffic traffic = CallTraffic.current();
                if (traffic != null) {
                    begin(traffic);
                    traffic.sent();
                }
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                Metered.this.close();
            }
        }

        private final class Received extends FilterInputStream {

            Received(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                CallTraffic traffic = CallTraffic.current();
                if (traffic != null && count > 0) {
                    traffic.received(count);
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                Metered.this.close();
            }
        }

        /**
         * Returns one byte at a time, so that the HTTP client reads nothing after the end of a response. Unlike {@link
         * java.io.BufferedInputStream}, {@link #available} needs no lock.
         */
        private static final class ByteWise extends FilterInputStream {

            private final byte[] buffer = new byte[8192];
            private int position;
            private int end;

            ByteWise(InputStream in) {
                super(in);
            }

            @Override
            public int read() throws IOException {
                if (position == end) {
                    position = 0;
                    end = 0;
                    int count = in.read(buffer);
                    if (count < 0) {
                        return -1;
                    }
                    end = count;
                }
                return buffer[position++] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int next = read();
                if (next < 0) {
                    return -1;
                }
                bytes[offset] = (byte) next;
                return 1;
            }

            @Override
            public int available() throws IOException {
                return end - position + in.available();
            }
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            socket.connect(endpoint);
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            socket.connect(endpoint, timeout);
        }

        @Override
        public void bind(SocketAddress local) throws IOException {
            socket.bind(local);
        }

        @Override
        public @Nullable InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public InetAddress getLocalAddress() {
            return socket.getLocalAddress();
        }

        @Override
        public int getPort() {
            return socket.getPort();
        }

        @Override
        public int getLocalPort() {
            return socket.getLocalPort();
        }

        @Override
        public @Nullable SocketAddress getRemoteSocketAddress() {
            return socket.getRemoteSocketAddress();
        }

        @Override
        public @Nullable SocketAddress getLocalSocketAddress() {
            return socket.getLocalSocketAddress();
        }

        @Override
        public @Nullable SocketChannel getChannel() {
            return socket.getChannel();
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            socket.setSoTimeout(timeout);
        }

        @Override
        public int getSoTimeout() throws SocketException {
            return socket.getSoTimeout();
        }

        @Override
        public void setTcpNoDelay(boolean on) throws SocketException {
            socket.setTcpNoDelay(on);
        }

        @Override
        public boolean getTcpNoDelay() throws SocketException {
            return socket.getTcpNoDelay();
        }

        @Override
        public void setKeepAlive(boolean on) throws SocketException {
            socket.setKeepAlive(on);
        }

        @Override
        public boolean getKeepAlive() throws SocketException {
            return socket.getKeepAlive();
        }

        @Override
        public void setSoLinger(boolean on, int linger) throws SocketException {
            socket.setSoLinger(on, linger);
        }

        @Override
        public int getSoLinger() throws SocketException {
            return socket.getSoLinger();
        }

        @Override
        public void shutdownInput() throws IOException {
            socket.shutdownInput();
        }

        @Override
        public void shutdownOutput() throws IOException {
            socket.shutdownOutput();
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public boolean isBound() {
            return socket.isBound();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public boolean isInputShutdown() {
            return socket.isInputShutdown();
        }

        @Override
        public boolean isOutputShutdown() {
            return socket.isOutputShutdown();
        }

        @Override
        public String toString() {
            return socket.toString();
        }
    }
}
