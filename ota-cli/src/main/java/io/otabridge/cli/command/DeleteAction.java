package io.otabridge.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.cli.context.Confirmation;
import io.otabridge.cli.context.SelectedBackend;
import io.otabridge.cli.error.CliException;
import io.otabridge.cli.error.ExitCode;
import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.batch.LookupResult;
import io.otabridge.domain.firmware.FirmwareDeletion;
import io.otabridge.domain.firmware.FirmwareDeletion.StoredFile;
import io.vavr.collection.List;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Deletes an item after confirmation. The port decides whether the item exists and can be deleted.
 *
 * @param what the item, such as {@code firmware 28f6…}
 * @param show the arguments of the command that shows the item
 * @param description describes the item in the prompt
 * @param lookup finds the item
 * @param deletion deletes the item, or with {@code true} makes a dry run
 */
public record DeleteAction<T>(
        String what,
        List<String> show,
        Function<T, String> description,
        Function<SelectedBackend, Either<OtaFailure, T>> lookup,
        BiFunction<SelectedBackend, Boolean, Either<OtaFailure, Deleted>> deletion) {

    /** The result that is printed. */
    private enum Outcome {
        DELETED(DeleteResult.DELETED.code(), "Deleted %s on backend %s"),
        ABSENT(DeleteResult.NOT_FOUND.code(), "Nothing to delete: %s does not exist on backend %s"),
        GONE(
                DeleteResult.NOT_FOUND_AFTER_RETRY.code(),
                "Backend %2$s no longer has %1$s. The response to the first attempt was lost, so it is not known whether"
                        + " this command deleted it"),
        WOULD_DELETE("would-delete", "Would delete %s on backend %s");

        private final String code;
        private final String sentence;

        Outcome(String code, String sentence) {
            this.code = code;
            this.sentence = sentence;
        }
    }

    /**
     * The result of a deletion.
     *
     * @param file what happened to the stored file of a package; absent if it was not to be deleted
     * @param fileFailure why the stored file was not deleted
     */
    public record Deleted(DeleteResult result, Option<StoredFile> file, Option<OtaFailure> fileFailure) {

        public Deleted(DeleteResult result) {
            this(result, Option.none(), Option.none());
        }

        public Deleted(FirmwareDeletion deletion) {
            this(deletion.firmware(), Option.some(deletion.file()), deletion.fileFailure());
        }
    }

    /** A result with the name of its item. */
    private record Deletion(String what, Outcome outcome, Option<StoredFile> file, Option<OtaFailure> fileFailure) {

        private String text(Backend backend) {
            return TerminalEscaper.of(outcome.sentence.formatted(what, backend.name()) + fileText()) + "\n";
        }

        private String fileText() {
            if (outcome == Outcome.ABSENT || outcome == Outcome.GONE) {
                return "";
            }
            return file.map(stored -> switch (stored) {
                        case DELETED -> ", and its stored file";
                        case IN_USE -> "; its stored file is kept, because another package uses it";
                        case NOT_FOUND -> "; it has no stored file";
                        case FAILED -> "; its stored file was not deleted";
                    })
                    .getOrElse("");
        }

        private ObjectNode json(Backend backend) {
            return JsonOutput.of(backend, "what", what)
                    .put("outcome", outcome.code)
                    .putPOJO("storedFile", file);
        }

        private void addTo(CsvWriter csv, Backend backend) {
            csv.row(java.util.List.of(
                    backend.name(),
                    backend.vendor().name(),
                    what,
                    outcome.code,
                    file.map(stored -> stored.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .getOrElse("")));
        }
    }

    /** Deletes the items and prints the results. Returns the exit code. */
    public static <T> int run(List<DeleteAction<T>> actions, OtaCommand root, Confirmation confirmation) {
        return root.run(selected -> run(actions, root, selected, confirmation));
    }

    /** As above, on this backend. */
    public static <T> int run(
            List<DeleteAction<T>> actions, OtaCommand root, SelectedBackend selected, Confirmation confirmation) {
        if (actions.size() == 1) {
            return actions.head().run(root, selected, confirmation);
        }
        if (!confirmation.isGiven() && !confirmation.isDryRun()) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "several deletions cannot be confirmed on the terminal",
                    "Look at them with --dry-run, then add --yes to delete them");
        }
        return run(
                actions,
                root,
                selected,
                action -> action.deletion(selected, root, confirmation),
                Function.identity(),
                Function.identity());
    }

    /**
     * Deletes items that were confirmed together, or makes a dry run, and prints the results. Returns the exit code.
     *
     * @param text completes the text of the results
     * @param json completes the JSON of the results
     */
    public static <T> int runConfirmed(
            List<DeleteAction<T>> actions,
            OtaCommand root,
            SelectedBackend selected,
            boolean isDryRun,
            Function<String, String> text,
            Function<ObjectNode, ObjectNode> json) {
        return run(
                actions,
                root,
                selected,
                action -> (isDryRun ? action.dryRun(selected) : action.delete(selected, root)),
                text,
                json);
    }

    private static <T> int run(
            List<DeleteAction<T>> actions,
            OtaCommand root,
            SelectedBackend selected,
            Function<DeleteAction<T>, Either<OtaFailure, Deletion>> delete,
            Function<String, String> text,
            Function<ObjectNode, ObjectNode> json) {
        return root.changeAll(
                selected,
                actions,
                delete,
                Deletion::fileFailure,
                new ResultRenderers<List<LookupResult<DeleteAction<T>, Deletion>>>(
                        (backend, results) -> text.apply(results.flatMap(LookupResult::result)
                                .map(deletion -> deletion.text(backend))
                                .mkString()),
                        (backend, results) -> json.apply(json(backend, actions, results)),
                        (backend, results) -> csv(backend, results.flatMap(LookupResult::result))));
    }

    private static <T> ObjectNode json(
            Backend backend, List<DeleteAction<T>> actions, List<LookupResult<DeleteAction<T>, Deletion>> results) {
        List<LookupResult<DeleteAction<T>, Deletion>> failed =
                results.filter(one -> one.result().isLeft());
        ObjectNode json = JsonOutput.object().put("complete", results.size() == actions.size() && failed.isEmpty());
        ArrayNode deleted = json.putArray("deletions");
        results.flatMap(LookupResult::result).forEach(deletion -> deleted.add(deletion.json(backend)));
        ArrayNode failures = json.putArray("failed");
        failed.forEach(one -> failures.addObject()
                .put("what", one.id().what())
                .putPOJO("failure", one.result().getLeft()));
        ArrayNode unfinished = json.putArray("unfinished");
        actions.drop(results.size()).forEach(action -> unfinished.add(action.what()));
        return json;
    }

    /** Deletes the item and prints the result. Returns the exit code. */
    public int run(OtaCommand root, Confirmation confirmation) {
        return root.run(selected -> run(root, selected, confirmation));
    }

    private int run(OtaCommand root, SelectedBackend selected, Confirmation confirmation) {
        Backend backend = selected.backend();
        Either<OtaFailure, Deletion> result = deletion(selected, root, confirmation);
        result.forEach(deletion -> root.print(
                () -> deletion.text(backend), () -> deletion.json(backend), () -> csv(backend, List.of(deletion))));
        return result.fold(
                root.errors()::failure,
                deletion -> deletion.fileFailure().map(root.errors()::failure).getOrElse(ExitCode.FOUND));
    }

    private static CsvWriter csv(Backend backend, List<Deletion> deletions) {
        CsvWriter csv = CsvWriter.of(java.util.List.of("backend", "vendor", "what", "outcome", "stored_file"));
        deletions.forEach(deletion -> deletion.addTo(csv, backend));
        return csv;
    }

    private Either<OtaFailure, Deletion> deletion(
            SelectedBackend selected, OtaCommand root, Confirmation confirmation) {
        return result(selected, root, confirmation)
                .flatMap(result -> result.outcome() == Outcome.ABSENT && confirmation.mustExist()
                        ? Either.left(absent(selected.backend()))
                        : Either.right(result));
    }

    private OtaFailure absent(Backend backend) {
        return new OtaFailure.NotFound(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), "delete"),
                "Nothing to delete: " + what + " does not exist on backend " + backend.name(),
                "Check the id and the backend; without --must-exist, this is a success"));
    }

    /** Makes a dry run first, so that there is no prompt for an item that does not exist or cannot be deleted. */
    private Either<OtaFailure, Deletion> result(SelectedBackend selected, OtaCommand root, Confirmation confirmation) {
        if (confirmation.isGiven()) {
            return delete(selected, root);
        }
        Either<OtaFailure, Deletion> dryRun = dryRun(selected);
        if (confirmation.isDryRun() || dryRun.isLeft() || dryRun.get().outcome() == Outcome.ABSENT) {
            return dryRun;
        }
        Either<OtaFailure, T> found = lookup.apply(selected);
        if (found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound) {
            // Another caller deleted it after the dry run.
            return Either.right(deletion(Outcome.ABSENT, new Deleted(DeleteResult.NOT_FOUND)));
        }
        return found.flatMap(item -> {
            confirmation.require(
                    what + " (" + description.apply(item) + ") of backend "
                            + selected.backend().name(),
                    root.environment());
            return delete(selected, root);
        });
    }

    private Either<OtaFailure, Deletion> dryRun(SelectedBackend selected) {
        return deletion.apply(selected, true)
                .map(done -> deletion(
                        done.result() == DeleteResult.NOT_FOUND ? Outcome.ABSENT : Outcome.WOULD_DELETE, done));
    }

    private Either<OtaFailure, Deletion> delete(SelectedBackend selected, OtaCommand root) {
        return root.change(selected, "the deletion of " + what, show, () -> deletion.apply(selected, false))
                .map(done -> deletion(
                        switch (done.result()) {
                            case DELETED -> Outcome.DELETED;
                            case NOT_FOUND -> Outcome.ABSENT;
                            case NOT_FOUND_AFTER_RETRY -> Outcome.GONE;
                        },
                        done));
    }

    private Deletion deletion(Outcome outcome, Deleted done) {
        return new Deletion(what, outcome, done.file(), done.fileFailure());
    }
}
