package io.otabridge.aliyun;

import static io.otabridge.domain.backend.Check.OBJECT_STORE;

import io.otabridge.aliyun.config.AliyunSettings;
import io.otabridge.aliyun.operation.UploadForm;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.diagnosis.ConnectivityProbe;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Finding;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Clock;

/**
 * Diagnoses the connection to the object store for uploads, which may pass another proxy or firewall rule than the
 * platform's API. Nothing is uploaded.
 */
record AliyunStorageDiagnostics(AliyunSettings settings, HttpTransport transport, Clock clock, Redactor redactor) {

    /**
     * Returns the finding about the object store.
     *
     * @param form the platform's response, which names the object store. A user who may not publish gets none
     */
    Finding finding(Either<OtaFailure, UploadForm> form) {
        return form.isRight()
                ? reach(form.get().host())
                : Finding.skipped(
                        OBJECT_STORE,
                        "the object store for uploads was not checked: "
                                + form.getLeft().summary());
    }

    private Finding reach(String address) {
        String store =
                "the object store for uploads, " + redactor.sanitize(address).getOrElse("") + ",";
        Either<String, Endpoint> endpoint = settings.uploadEndpoint(address);
        if (endpoint.isLeft()) {
            return Finding.failed(
                    OBJECT_STORE,
                    store + " " + endpoint.getLeft(),
                    "If it belongs to the vendor, set upload-host-suffix");
        }
        return ConnectivityProbe.run(
                        transport,
                        new ConnectionSettings(
                                endpoint.get(),
                                Option.none(),
                                settings.connection().callOptions()),
                        clock,
                        Option.none(),
                        "Check the name resolution of this machine",
                        redactor)
                .findings()
                .find(Finding::hasFailed)
                .map(problem -> Finding.failed(
                        OBJECT_STORE,
                        store + " cannot be reached: " + problem.description(),
                        problem.advice().getOrElse("")))
                .getOrElse(() -> Finding.ok(OBJECT_STORE, store + " responds"));
    }
}
