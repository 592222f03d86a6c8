package io.otabridge.app.audit;

import io.otabridge.app.file.JsonLine;
import io.otabridge.app.file.PrivateFiles;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.BackendStatus;
import io.otabridge.domain.observation.CacheResult;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Option;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Appends a JSON line to a file for each change that was sent to a vendor: uploads, creations, updates and deletions.
 * The setting {@code audit-log} of the configuration opens one. An application without a configuration file passes it as
 * the observer:
 *
 * <pre>{@code
 * BackendContext context = BackendContext.system()
 *         .withResource(BackendObserver.class, AuditLog.of(Path.of("audit.jsonl")));
 * }</pre>
 *
 * <p>A line has {@code time}, {@code backend}, {@code vendor}, {@code operation} (the vendor's name), {@code subject},
 * {@code outcome} ({@code Success} or the kind of failure), {@code millis}, and, of a failure, {@code status}, {@code
 * vendorCode} and {@code requestId}. It holds no credential and no signed link.
 *
 * <p>Several processes can share the file: it is opened in append mode for each line, and each line is one write. A new
 * file can be read and written by its owner only. The log is not rotated; a rotated file is created again. If a line
 * cannot be written, the change is not affected, and the first such failure is a warning: to {@link
 * BackendObserver#warned} of the application's observer, or to the system logger {@code io.otabridge.app.audit} if it has
 * none. Safe for use by multiple threads.
 */
public final class AuditLog implements BackendObserver {

    private static final int MAX_SUBJECT = 1000;

    /** With milliseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** A link with user, query and fragment. */
    private static final Pattern LINK = Pattern.compile("(://)(?:[^\\s/@]*@)?([^\\s?#]*)(?:[?#]\\S*)?");

    private final Path file;
    private final BackendObserver next;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    private AuditLog(Path file, BackendObserver next) {
        this.file = file;
        this.next = next;
    }

    /** Returns a log that appends to this file, which is created with the first line. */
    public static AuditLog of(Path file) {
        return new AuditLog(file, NONE);
    }

    /** Returns a log that also passes every event to another observer. */
    public AuditLog and(BackendObserver observer) {
        return new AuditLog(file, observer);
    }

    /** Returns a context whose backends write to this log, in addition to the observer that the context has. */
    public BackendContext in(BackendContext context) {
        return context.withResource(BackendObserver.class, and(BackendObserver.in(context)));
    }

    @Override
    public void opened(String name, Vendor vendor, BackendStatus state) {
        next.opened(name, vendor, state);
    }

    @Override
    public CallObservation started(OperationContext origin) {
        return next.started(origin);
    }

    @Override
    public void cached(OperationContext origin, CacheResult use) {
        next.cached(origin, use);
    }

    @Override
    public void warned(OperationContext origin, String note) {
        next.warned(origin, note);
    }

    @Override
    public void changed(ChangeEvent event) {
        try {
            append(line(event));
        } catch (IOException | RuntimeException failed) {
            if (!hasWarned.getAndSet(true)) {
                warn(
                        event.origin(),
                        "the change was made, but it cannot be recorded in the audit log " + file + ": "
                                + failed.getClass().getSimpleName());
            }
        }
        next.changed(event);
    }

    private void warn(OperationContext origin, String note) {
        if (next == NONE) {
            System.getLogger(AuditLog.class.getPackageName()).log(System.Logger.Level.WARNING, note);
        } else {
            next.warned(origin, note);
        }
    }

    private static String line(ChangeEvent event) {
        Option<OtaFailure> failure = event.failure();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", TIME.format(event.started()));
        line.put("backend", event.origin().backend());
        line.put("vendor", event.origin().vendor().name());
        line.put("operation", event.origin().operation());
        line.put("subject", withoutSecrets(event.subject()));
        line.put("outcome", failure.map(one -> one.getClass().getSimpleName()).getOrElse("Success"));
        line.put("millis", event.duration().toMillis());
        line.put("status", failure.flatMap(OtaFailure::status));
        line.put("vendorCode", failure.flatMap(OtaFailure::vendorCode));
        line.put("requestId", failure.flatMap(OtaFailure::requestId));
        return JsonLine.of(line) + "\n";
    }

    private static String withoutSecrets(String subject) {
        String shortened = subject.length() > MAX_SUBJECT ? subject.substring(0, MAX_SUBJECT) + "…" : subject;
        return LINK.matcher(shortened).replaceAll("$1$2");
    }

    /** A stream, because an interrupted thread could not write to a channel. */
    private void append(String line) throws IOException {
        if (Files.notExists(file)) {
            PrivateFiles.createFile(file);
        }
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }
}
