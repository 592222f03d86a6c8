package io.otabridge.client.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS 5 proxy (RFC 1928) without authentication. */
public final class SocksProxy extends LocalProxy {

    private static final int DOMAIN_NAME = 3;

    private final List<String> names = new CopyOnWriteArrayList<>();

    /** @param target the port of the server on this machine */
    public SocksProxy(int target) throws IOException {
        super(target);
        listen();
    }

    /** The host names that clients requested. */
    List<String> names() {
        return List.copyOf(names);
    }

    @Override
    boolean connect(Socket client, Socket server) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        client.getOutputStream().write(new byte[] {5, 0});
        in.readNBytes(3);
        if (in.readUnsignedByte() == DOMAIN_NAME) {
            names.add(new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII));
        }
        in.readShort();
        client.getOutputStream().write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 80});
        return true;
    }
}
