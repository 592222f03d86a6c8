package io.otabridge.aliyun.job.command;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.upload.FileUploader;
import io.otabridge.client.BackendClient;
import io.otabridge.client.OperationClient;
import io.otabridge.client.transfer.TransferClient;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.TransferListener;
import io.vavr.Lazy;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.nio.charset.StandardCharsets;

/**
 * Uploads a list of devices for a job, with one name on each line, as described in the document
 * "GenerateDeviceNameListURL".
 */
final class DeviceListUploader {

    private static final int MAX_BYTES = 5_000_000;
    private static final String FILE_NAME = "devices.csv";

    private final BackendClient backendClient;
    private final OperationClient client;
    private final JobCommandOperations operations;
    private final Lazy<TransferClient> transfers;
    private final AliyunSettings settings;

    DeviceListUploader(
            BackendClient backendClient,
            OperationClient client,
            JobCommandOperations operations,
            Lazy<TransferClient> transfers,
            AliyunSettings settings) {
        this.backendClient = backendClient;
        this.client = client;
        this.operations = operations;
        this.transfers = transfers;
        this.settings = settings;
    }

    /** Returns the address of the list. */
    Either<OtaFailure, String> upload(List<String> names) {
        byte[] content = names.mkString("", "\n", "\n").getBytes(StandardCharsets.UTF_8);
        if (content.length > MAX_BYTES) {
            return Either.left(tooLarge(names.size(), content.length));
        }
        return new FileUploader(
                        backendClient,
                        transfers.get(),
                        settings,
                        file -> client.read(operations.generateDeviceListUrl, file.fileName()))
                .upload(List.of(Artifact.of(FILE_NAME, content)), TransferListener.NONE)
                .map(List::head);
    }

    private OtaFailure tooLarge(int names, int bytes) {
        OperationContext origin = client.contextOf(operations.generateDeviceListUrl);
        return new OtaFailure.Rejected(FailureDetails.of(
                origin,
                Message.of(
                        "The list of {0} devices has {1} bytes, and backend {2} accepts at most {3}",
                        names, bytes, origin.backend(), MAX_BYTES),
                Message.of("Set max-devices-per-job to a smaller number; no job was created")));
    }
}
