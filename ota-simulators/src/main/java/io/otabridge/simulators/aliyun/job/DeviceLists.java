package io.otabridge.simulators.aliyun.job;

import static io.otabridge.simulators.aliyun.operation.OperationError.firmware;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.simulators.aliyun.operation.OperationError;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.objectstore.StoredObject;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Files with device names, as described in "GenerateDeviceNameListURL". */
final class DeviceLists {

    private static final long MAX_BYTES = 5L * 1024 * 1024;
    private static final Duration LIFETIME = Duration.ofMinutes(60);

    private final OssSimulator objects;
    private final Clock clock;
    private volatile int maxNames = 10_000;

    /** @param clock the clock of the object store */
    DeviceLists(OssSimulator objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /** Sets the maximum number of names. The documents have 10,000 (the default) and 1,000,000. */
    void limit(int names) {
        maxNames = names;
    }

    /** Returns the permission to upload a file. */
    ObjectNode generateUrl() {
        OssSimulator.UploadForm form = objects.issueForm("csv");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode data = body.putObject("Data");
        data.put("Policy", form.policy());
        data.put("FileUrl", objects.url(form.key()));
        data.put("UtcCreate", JobResponses.format(clock.instant()));
        data.put("AccessKeyId", form.accessKeyId());
        data.put("Signature", form.signature());
        data.put("ObjectStorage", "OSS");
        data.put("Host", objects.endpoint().toString());
        data.put("Key", form.key());
        return body;
    }

    /** Reads the names in an uploaded file: one in each line, or separated by commas. */
    Either<OperationError, List<String>> read(String url) {
        Option<StoredObject> file = objects.keyAt(url)
                .flatMap(objects::find)
                .filter(found ->
                        Duration.between(found.lastModified(), clock.instant()).compareTo(LIFETIME) <= 0);
        if (file.isEmpty()) {
            return Either.left(firmware("InvalidFirmwareUrl", "The file was not uploaded within the last 60 minutes."));
        }
        if (file.get().size() > MAX_BYTES) {
            return Either.left(firmware("ParameterSizeExceedMax", "The file may have 5 MB."));
        }
        List<String> names = Arrays.stream(text(file.get()).split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .toList();
        return JobRequests.checkNames(names, maxNames).toEither(names).swap();
    }

    private static String text(StoredObject file) {
        try {
            String text = Files.readString(file.file(), UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
