package io.otabridge.acceptance;

import com.aliyun.oss.OSS;
import com.aliyun.oss.OSSClientBuilder;
import com.aliyun.oss.model.OSSObject;
import com.obs.services.ObsClient;
import com.obs.services.model.HttpMethodEnum;
import com.obs.services.model.TemporarySignatureRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Transfers one file with the official SDK of an object store, for {@code quality/benchmarks/run-transfers}.
 *
 * <p>Arguments: {@code obs-put|obs-get ENDPOINT ACCESS_KEY SECRET_KEY BUCKET KEY FILE}, {@code obs-link ENDPOINT
 * ACCESS_KEY SECRET_KEY BUCKET KEY} prints a link for an upload, {@code oss-get LINK FILE}.
 */
public final class SdkTransfer {

    private static final long LINK_SECONDS = 3_600;

    private SdkTransfer() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("oss-get")) {
            ossGet(URI.create(arguments[1]), Path.of(arguments[2]));
            return;
        }
        try (ObsClient client = new ObsClient(arguments[2], arguments[3], arguments[1])) {
            switch (arguments[0]) {
                case "obs-put" ->
                    client.putObject(
                            arguments[4], arguments[5], Path.of(arguments[6]).toFile());
                case "obs-get" -> {
                    try (InputStream content =
                            client.getObject(arguments[4], arguments[5]).getObjectContent()) {
                        Files.copy(content, Path.of(arguments[6]), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                case "obs-link" -> {
                    TemporarySignatureRequest request = new TemporarySignatureRequest(HttpMethodEnum.PUT, LINK_SECONDS);
                    request.setBucketName(arguments[4]);
                    request.setObjectKey(arguments[5]);
                    System.out.println(client.createTemporarySignature(request).getSignedUrl());
                }
                default -> throw new IllegalArgumentException("unknown transfer " + arguments[0]);
            }
        }
        // The SDK leaves threads running.
        System.exit(0);
    }

    private static void ossGet(URI link, Path file) throws IOException {
        OSS client = new OSSClientBuilder().build(link.getScheme() + "://" + link.getAuthority(), "unused", "unused");
        try (OSSObject object = client.getObject(link.toURL(), Map.of())) {
            Files.copy(object.getObjectContent(), file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            client.shutdown();
        }
    }
}
