package io.otabridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.otabridge.app.OtaBridge;
import io.otabridge.contracts.job.ObjectTexts;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Option;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Alibaba's list of devices, and Huawei's details of a device, contain the secret of each device. A process with debug
 * logging reads devices and prints every text that its results, events and caches hold.
 */
class DeviceSecretTest {

    private static final String SECRET = "5ecretOfTheLamp";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Right | {'Success':true,'Total':1,'Data':{'DeviceInfo':[{'ProductKey':'p','DeviceName':'lamp',%s}]}}",
                "UnreadableResponse | {'Success':true,'Total':1,'Data':{'DeviceInfo':[{'ProductKey':'p',%s}]}}",
                "UnreadableResponse | {'Success':true,'Total':1,'Data':{'DeviceInfo':[{'DeviceName':'lamp',%s}",
                "Rejected | {'Success':false,'Code':'iot.x','ErrorMessage':'lamp','Data':{%s}}"
            })
    void of_a_list_of_alibaba_is_in_no_log_event_cache_or_result(String result, String response) throws Exception {
        String printed = run("aliyun", 200, response.formatted("'DeviceSecret':'" + SECRET + "'"));

        assertThat(printed).contains(result).contains("QueryDevice").contains("DEBUG");
        assertThat(printed).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Right | 200 | {'device_id':'lamp','product_id':'p','status':'ONLINE',%s}",
                "UnreadableResponse | 200 | {'product_id':'p','status':'ONLINE',%s}",
                "UnreadableResponse | 200 | {'device_id':'lamp',%s",
                "UnreadableResponse | 200 | {'device_id':['lamp'],%s}",
                "Rejected | 400 | {'error_code':'IOTDA.x','error_msg':'lamp',%s}",
                "Unavailable | 503 | {'error_code':'IOTDA.x','error_msg':'lamp',%s}"
            })
    void of_a_device_of_huawei_is_in_no_log_event_cache_or_result(String result, int status, String response)
            throws Exception {
        String auth = "'auth_info':{'auth_type':'SECRET','secret':'" + SECRET + "','secondary_secret':'" + SECRET
                + "2','fingerprint':'" + SECRET + "3'}";

        String printed = run("huawei", status, response.formatted(auth));

        assertThat(printed).contains(result).contains("ShowDevice").contains("DEBUG");
        assertThat(printed).doesNotContain(SECRET);
    }

    private String run(String vendor, int status, String response) throws Exception {
        byte[] body = response.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            return run(vendor, "http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private String run(String vendor, String endpoint) throws IOException, InterruptedException {
        Path configuration = folder.resolve("ota.yaml");
        Files.writeString(configuration, """
                backends:
                  lamps: { vendor: %s, endpoint: "%s", %s, cache: { firmware: 1m, modules: 1m }, retries: 0,
                           credentials: { access-key: a, secret-key: b } }
                """.formatted(
                        vendor, endpoint, vendor.equals("huawei") ? "project-id: ab12" : "instance-id: i"));
        Path output = folder.resolve("out");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.log.io.otabridge=debug",
                        DeviceSecretTest.class.getName(),
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    /** Reads devices and prints everything. */
    public static void main(String[] args) {
        List<Object> events = new ArrayList<>();
        BackendContext context =
                BackendContext.system().withResource(BackendObserver.class, new RecordingObserver(events));
        try (OtaBridge bridge = OtaBridge.load(Path.of(args[0]), context)) {
            DeviceQueryPort devices = bridge.backend().devices();
            ProductId product = ProductId.of("p");
            Object result = bridge.backend().vendor().name().equals("huawei")
                    ? devices.find(DeviceRef.of(product, DeviceId.of("lamp")))
                    : devices.list(DeviceFilter.ofProduct(product)).toList();
            System.out.println(result);
            System.out.println(ObjectTexts.of(List.of(result, events)));
            System.out.println(ObjectTexts.of(bridge));
        }
    }

    /** Records everything that observers receive. */
    private record RecordingObserver(List<Object> events) implements BackendObserver {

        @Override
        public CallObservation started(OperationContext origin) {
            events.add(origin);
            return new CallObservation() {
                @Override
                public void ended(Option<OtaFailure> failure) {
                    events.add(failure);
                }

                @Override
                public void threw(Throwable thrown) {
                    events.add(String.valueOf(thrown));
                }
            };
        }

        @Override
        public void changed(ChangeEvent event) {
            events.add(event);
        }

        @Override
        public void warned(OperationContext origin, String note) {
            events.add(note);
        }
    }
}
