package io.otabridge.app.migration;

import io.otabridge.app.copy.Spool;
import io.otabridge.app.migration.CopyCheck.Copy;
import io.otabridge.app.migration.MigrationJournal.Entry;
import io.otabridge.app.migration.MigrationReport.Comparison;
import io.otabridge.app.migration.MigrationReport.Outcome;
import io.otabridge.app.migration.MigrationReport.Result;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.ConcurrentLookup;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.FirmwareId;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Compares every package that the journal lists as created. For a single use. */
final class MigrationVerification {

    private final Backend from;
    private final Backend to;
    private final MigrationRequest request;
    private final MigrationJournal journal;
    private final Spool spool;
    private final MigrationListener listener;
    private final CopyCheck check;

    MigrationVerification(
            Backend from,
            Backend to,
            MigrationRequest request,
            MigrationJournal journal,
            Spool spool,
            MigrationListener listener) {
        this.from = from;
        this.to = to;
        this.request = request;
        this.journal = journal;
        this.spool = spool;
        this.listener = listener;
        this.check = new CopyCheck(to, request.isDeep(), spool, listener);
    }

    MigrationReport run() throws IOException {
        LinkedHashMap<FirmwareId, Entry> created = MigrationJournal.read(
                        MigrationJournal.file(request.stateDirectory(), from.name(), to.name()))
                .filterValues(entry -> entry.copy().isDefined());
        Map<FirmwareId, Result> results = new HashMap<>();
        try (Stream<LookupResult<FirmwareId, Result>> checks = ConcurrentLookup.stream(
                created.keySet(),
                request.concurrency(),
                id -> Either.right(verify(created.get(id).get())))) {
            checks.forEach(one -> results.put(one.id(), one.result().get()));
        }
        for (Entry entry : created.values()) {
            Result result = results.get(entry.id());
            if (result != null && result.isVerified() && entry.state() != MigrationState.VERIFIED) {
                journal.append(MigrationRun.verified(result));
            }
        }
        return new MigrationReport(
                from.name(),
                to.name(),
                created.keySet().toList().flatMap(id -> Option.of(results.get(id))),
                List.empty());
    }

    private Result verify(Entry entry) {
        Copy copy = new Copy(entry.source(), entry.copy().get(), entry.files(), Outcome.EXISTED, List.empty());
        Result result = verify(copy);
        listener.finished(result);
        return result;
    }

    private Result verify(Copy copy) {
        if (!request.isDeep()) {
            return check.check(copy, file -> 1);
        }
        try {
            Option<Spool.Reservation> space = spool.reserve(copy.files());
            if (space.isEmpty()) {
                return failed(
                        copy, spool.tooSmall(Migration.origin(to), copy.source().id()));
            }
            try (Spool.Reservation reserved = space.get()) {
                return check.check(copy, reserved::maxBytes);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return failed(
                    copy,
                    new OtaFailure.Cancelled(FailureDetails.of(
                            Migration.origin(to),
                            Message.of("The verification was interrupted"),
                            Message.of("Verify again"))));
        }
    }

    private static Result failed(Copy copy, OtaFailure failure) {
        return new Result(
                copy.source(),
                Option.some(copy.id()),
                Outcome.FAILED,
                Comparison.NONE,
                copy.files(),
                Option.none(),
                Option.some(failure),
                copy.losses());
    }
}
