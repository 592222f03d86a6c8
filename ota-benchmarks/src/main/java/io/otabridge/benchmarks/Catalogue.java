package io.otabridge.benchmarks;

import io.otabridge.testkit.aliyun.AliyunSimulator;
import io.otabridge.testkit.huawei.HuaweiSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Accounts with large catalogues in a process of its own. For each line {@code VENDOR PACKAGES MILLIS} on its standard input
 * it opens an account with so many packages of {@link #PRODUCT} whose answers are so long on their way, and prints what
 * {@link Walker} is to know of it. Ends with its input.
 */
public final class Catalogue {

    /** The product of all packages, with both vendors. */
    static final String PRODUCT = AliyunSimulator.GENERATED_PRODUCT;

    private Catalogue() {}

    /** Runs until the standard input ends. */
    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String order = orders.readLine();
        while (order != null) {
            String[] words = order.split(" ", -1);
            System.out.println(open(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2])));
            order = orders.readLine();
        }
        System.exit(0);
    }

    private static String open(String vendor, int packages, long millis) throws IOException {
        if (vendor.equals("huawei")) {
            HuaweiSimulator huawei = HuaweiSimulator.start();
            huawei.generatePackages(PRODUCT, packages);
            return account(
                    vendor, huawei.endpoint(), millis, huawei.accessKey(), huawei.secretKey(), huawei.projectId());
        }
        AliyunSimulator aliyun = AliyunSimulator.start();
        aliyun.generateFirmware(packages);
        return account(vendor, aliyun.endpoint(), millis, aliyun.accessKey(), aliyun.secretKey(), aliyun.instanceId());
    }

    private static String account(String vendor, URI simulator, long millis, String key, String secret, String place)
            throws IOException {
        String endpoint = millis == 0 ? simulator.toString() : "http://127.0.0.1:" + longWay(simulator, millis);
        return String.join(",", vendor, endpoint, key, secret, place);
    }

    /** The port of a way to the simulator on which all that it says comes later by this. */
    private static int longWay(URI simulator, long millis) throws IOException {
        ServerSocket listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket();
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.getPort()));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                daemon(() -> pass(near, far, 0));
                daemon(() -> pass(far, near, millis));
            }
        });
        return listener.getLocalPort();
    }

    private static void pass(Socket from, Socket to, long millis) throws IOException {
        byte[] bytes = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(bytes);
            while (read >= 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                out.write(bytes, 0, read);
                // What has come meanwhile belongs to the same answer.
                while (in.available() > 0) {
                    out.write(bytes, 0, in.read(bytes));
                }
                read = in.read(bytes);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException gone) {
                // A client that has ended needs nobody any more.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
