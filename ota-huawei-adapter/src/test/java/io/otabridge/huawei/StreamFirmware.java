package io.otabridge.huawei;

import io.otabridge.domain.ProductId;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.spi.Settings;
import java.util.Iterator;
import java.util.Map;

/**
 * A process that streams all packages of a product and prints how many there were, for a test that gives it little memory.
 * Ends in failure if one of them is not older than the one before, as one that came twice would be.
 */
final class StreamFirmware {

    private StreamFirmware() {}

    /** Address, project id, access key, secret key and product id. */
    public static void main(String[] args) {
        Map<String, Object> settings = Map.of(
                "pacing",
                "off",
                "endpoint",
                args[0],
                "project-id",
                args[1],
                "credentials",
                Map.of("access-key", args[2], "secret-key", args[3]));
        try (Backend backend = new HuaweiProvider()
                .open("prod", Settings.of("backends.prod", settings), BackendContext.system())
                .get()) {
            Iterator<FirmwareSummary> walk =
                    backend.firmware().list(FirmwareFilter.all().product(ProductId.of(args[4]))).stream()
                            .iterator();
            long count = 0;
            String last = "~";
            while (walk.hasNext()) {
                String id = walk.next().id().value();
                if (id.compareTo(last) >= 0) {
                    throw new IllegalStateException(id + " came after " + last);
                }
                last = id;
                count++;
            }
            System.out.println(count + " packages");
        }
    }
}
