package io.otabridge.cli.command.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.render.FailureSummary;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.job.JobId;
import io.otabridge.domain.job.JobListener;
import io.otabridge.domain.job.UpgradeJob;
import java.time.Duration;

/** Prints a line of JSON for each event of a watched job. Several jobs may print at the same time. */
record WatchEvents(CliEnvironment environment, Backend backend, JobId id) implements JobListener {

    @Override
    public void changed(UpgradeJob job) {
        print(event("changed").putPOJO("job", job));
    }

    @Override
    public void pollFailed(OtaFailure failure, Duration retryIn) {
        print(event("poll-failed")
                .put("jobId", id.value())
                .putPOJO("failure", failure)
                .put("retryInMillis", retryIn.toMillis()));
    }

    void ended(UpgradeJob job, FailureSummary failures) {
        print(event("ended").putPOJO("job", job).set("failures", failures.json()));
    }

    private ObjectNode event(String name) {
        return JsonOutput.object()
                .put("event", name)
                .put("time", environment.context().clock().instant().toString())
                .put("backend", backend.name())
                .put("vendor", backend.vendor().name());
    }

    private void print(ObjectNode event) {
        environment.out().print(JsonOutput.line(event));
        environment.out().flush();
        CliException.requireWritten(environment.out());
    }
}
