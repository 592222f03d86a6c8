package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.app.OtaBridge;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.Table;
import io.otabridge.cli.terminal.DisplayWidth;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.backend.Check;
import io.otabridge.domain.backend.Diagnosis;
import io.otabridge.domain.backend.Finding;
import io.vavr.collection.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks for what is wrong with backends. */
@Command(
        name = "doctor",
        description = {
            "Looks for what is wrong with the configured backends, from the name of the host to the quota, and says what to do.",
            "Sends each vendor a few read requests and changes nothing. All backends, unless --backend names one."
        })
public final class DoctorCommand implements Callable<Integer> {

    /** So wide is what was found, before it is broken into lines. */
    private static final int WIDTH = 76;

    private final OtaCommand root;

    /** A backend and how it is. */
    private record Patient(Backend backend, Diagnosis diagnosis) {}

    public DoctorCommand(OtaCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (OtaBridge ota = root.open()) {
            List<Patient> patients = List.ofAll(root.namedOrAll(ota)
                    .toJavaParallelStream()
                    .map(backend -> new Patient(backend, backend.diagnose()))
                    .toList());
            root.print(() -> table(patients), () -> json(patients), () -> csv(patients));
            return hasFailed(patients) ? ExitCode.WRONG : ExitCode.FOUND;
        }
    }

    private static boolean hasFailed(List<Patient> patients) {
        return patients.exists(patient -> patient.diagnosis().hasFailed());
    }

    private static String table(List<Patient> patients) {
        return patients.map(DoctorCommand::table).mkString("\n") + "\n" + conclusion(patients) + "\n";
    }

    private static String table(Patient patient) {
        Backend backend = patient.backend();
        Table table = Table.indented().row("CHECK", "VERDICT", "FINDING");
        for (Finding finding : patient.diagnosis().findings()) {
            table.row(finding.check().word(), finding.severity().name(), told(finding));
        }
        return TerminalEscaper.of(backend.name() + " (" + backend.vendor() + ") at " + backend.endpoint() + ", "
                        + backend.authentication())
                + "\n" + table;
    }

    private static String told(Finding finding) {
        return lines(finding.what())
                + finding.advice()
                        .map(advice -> "\n" + lines("What to do: " + advice))
                        .getOrElse("");
    }

    /** Breaks a text between words, so that no line is longer than it may be if its words allow it. */
    private static String lines(String text) {
        StringBuilder broken = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ", -1)) {
            int width = DisplayWidth.of(word);
            if (column > 0 && column + 1 + width > WIDTH) {
                broken.append('\n');
                column = 0;
            } else if (column > 0) {
                broken.append(' ');
                column++;
            }
            broken.append(word);
            column += width;
        }
        return broken.toString();
    }

    private static String conclusion(List<Patient> patients) {
        List<String> wrong = patients.filter(patient -> patient.diagnosis().hasFailed())
                .map(patient -> patient.backend().name() + " ("
                        + patient.diagnosis()
                                .findings()
                                .filter(Finding::hasFailed)
                                .map(Finding::check)
                                .distinct()
                                .map(Check::word)
                                .mkString(", ")
                        + ")");
        String result = wrong.isEmpty() ? "No check failed." : "Failed: " + wrong.mkString("; ");
        List<String> unchecked = patients.filter(patient -> patient.diagnosis()
                        .findings()
                        .forAll(finding -> finding.severity() == Finding.Severity.SKIPPED))
                .map(patient -> patient.backend().name());
        return TerminalEscaper.of(result)
                + (unchecked.isEmpty()
                        ? ""
                        : "\n" + TerminalEscaper.of("Nothing was checked for: " + unchecked.mkString(", ")));
    }

    private static ObjectNode json(List<Patient> patients) {
        ObjectNode answer = JsonOutput.object().put("wrong", hasFailed(patients));
        ArrayNode list = answer.putArray("backends");
        for (Patient patient : patients) {
            ArrayNode findings = list.addObject()
                    .put("backend", patient.backend().name())
                    .put("vendor", patient.backend().vendor().name())
                    .put("endpoint", patient.backend().endpoint())
                    .put("authentication", patient.backend().authentication())
                    .put("wrong", patient.diagnosis().hasFailed())
                    .putArray("findings");
            patient.diagnosis()
                    .findings()
                    .forEach(finding -> JsonOutput.put(
                            findings.addObject()
                                    .put("check", finding.check().word())
                                    .put("verdict", finding.severity().word())
                                    .put("what", finding.what()),
                            "advice",
                            finding.advice()));
        }
        return answer;
    }

    /** A row for each finding. */
    private static CsvWriter csv(List<Patient> patients) {
        CsvWriter csv =
                CsvWriter.of(java.util.List.of("backend", "vendor", "endpoint", "check", "verdict", "what", "advice"));
        for (Patient patient : patients) {
            for (Finding finding : patient.diagnosis().findings()) {
                csv.row(java.util.List.of(
                        patient.backend().name(),
                        patient.backend().vendor().name(),
                        patient.backend().endpoint(),
                        finding.check().word(),
                        finding.severity().word(),
                        finding.what(),
                        CsvWriter.cell(finding.advice())));
            }
        }
        return csv;
    }
}
