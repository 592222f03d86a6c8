package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.Column;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.cli.terminal.TextWrapper;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Diagnoses backends. */
@Command(
        name = "doctor",
        description = {
            "Diagnoses the configured backends, from name resolution to quota, and prints what to do.",
            "Sends each vendor a few read requests. With a bucket on Huawei Cloud, it also begins an upload and aborts it,"
                    + " which stores nothing. Checks all backends, or only the given one."
        })
public final class DoctorCommand implements Callable<Integer> {

    private final OtaCommand root;

    /** A backend with its diagnosis. */
    private record DiagnosedBackend(Backend backend, Diagnosis diagnosis) {}

    public DoctorCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (OtaBridge ota = root.open()) {
            List<DiagnosedBackend> diagnosed = List.ofAll(root.namedOrAll(ota)
                    .toJavaParallelStream()
                    .map(backend -> new DiagnosedBackend(backend, backend.diagnoseWithUpload()))
                    .toList());
            root.print(
                    () -> table(diagnosed, root.environment().terminal().outputWidth()),
                    () -> json(diagnosed),
                    () -> csv(diagnosed));
            return hasFailed(diagnosed) ? ExitCode.CHECK_FAILED : ExitCode.FOUND;
        }
    }

    private static boolean hasFailed(List<DiagnosedBackend> diagnosed) {
        return diagnosed.exists(one -> one.diagnosis().hasFailed());
    }

    private static String table(List<DiagnosedBackend> diagnosed, int width) {
        return diagnosed.map(one -> table(one, width)).mkString("\n") + "\n"
                + TextWrapper.wrapLines(conclusion(diagnosed), width) + "\n";
    }

    private static String table(DiagnosedBackend one, int width) {
        Backend backend = one.backend();
        Table table = Table.indented(Column.required("CHECK"), Column.required("RESULT"), Column.text("FINDING"));
        for (Finding finding : one.diagnosis().findings()) {
            table.row(
                    finding.check().code(),
                    finding.severity().name(),
                    finding.description()
                            + finding.advice()
                                    .map(advice -> "\nWhat to do: " + advice)
                                    .getOrElse(""));
        }
        String heading = TerminalEscaper.of(backend.name() + " (" + backend.vendor() + ") at " + backend.endpoint()
                + ", " + backend.authentication());
        return TextWrapper.wrapLines(heading, width) + "\n" + table.fit(width);
    }

    private static String conclusion(List<DiagnosedBackend> diagnosed) {
        List<String> failed = diagnosed
                .filter(one -> one.diagnosis().hasFailed())
                .map(one -> one.backend().name() + " ("
                        + one.diagnosis()
                                .findings()
                                .filter(Finding::hasFailed)
                                .map(Finding::check)
                                .distinct()
                                .map(Check::code)
                                .mkString(", ")
                        + ")");
        String result = failed.isEmpty() ? "No check failed." : "Failed: " + failed.mkString("; ");
        List<String> unchecked = diagnosed
                .filter(one ->
                        one.diagnosis().findings().forAll(finding -> finding.severity() == Finding.Severity.SKIPPED))
                .map(one -> one.backend().name());
        return TerminalEscaper.of(result)
                + (unchecked.isEmpty() ? "" : "\n" + TerminalEscaper.of("Not checked: " + unchecked.mkString(", ")));
    }

    private static ObjectNode json(List<DiagnosedBackend> diagnosed) {
        ObjectNode json = JsonOutput.object().put("wrong", hasFailed(diagnosed));
        ArrayNode list = json.putArray("backends");
        for (DiagnosedBackend one : diagnosed) {
            list.addObject()
                    .put("backend", one.backend().name())
                    .put("vendor", one.backend().vendor().name())
                    .put("endpoint", one.backend().endpoint())
                    .put("authentication", one.backend().authentication())
                    .setAll(JsonOutput.fields(one.diagnosis()));
        }
        return json;
    }

    /** A row for each finding. */
    private static CsvWriter csv(List<DiagnosedBackend> diagnosed) {
        CsvWriter csv =
                CsvWriter.of(java.util.List.of("backend", "vendor", "endpoint", "check", "verdict", "what", "advice"));
        for (DiagnosedBackend one : diagnosed) {
            for (Finding finding : one.diagnosis().findings()) {
                csv.row(java.util.List.of(
                        one.backend().name(),
                        one.backend().vendor().name(),
                        one.backend().endpoint(),
                        finding.check().code(),
                        finding.severity().code(),
                        finding.description(),
                        CsvWriter.cell(finding.advice())));
            }
        }
        return csv;
    }
}
