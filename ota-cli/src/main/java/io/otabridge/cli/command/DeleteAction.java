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
import io.vavr.collection.List;
import io.vavr.control.Either;
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
        BiFunction<SelectedBackend, Boolean, Either<OtaFailure, DeleteResult>> deletion) {

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

    /** A result with the name of its item. */
    private record Deletion(String what, Outcome outcome) {

        private String text(Backend backend) {
            return TerminalEscaper.of(outcome.sentence.formatted(what, backend.name())) + "\n";
        }

        private ObjectNode json(Backend backend) {
            return JsonOutput.of(backend, "what", what).put("outcome", outcome.code);
        }

        private void addTo(CsvWriter csv, Backend backend) {
            csv.row(java.util.List.of(backend.name(), backend.vendor().name(), what, outcome.code));
        }
    }

    /** Deletes the items and prints the results. Returns the exit code. */
    public static <T> int run(List<DeleteAction<T>> actions, OtaCommand root, Confirmation confirmation) {
        if (actions.size() == 1) {
            return actions.head().run(root, confirmation);
        }
        if (!confirmation.isGiven() && !confirmation.isDryRun()) {
            throw new CliException(
                    ExitCode.NOT_CONFIRMED,
                    "Nothing was deleted",
                    "several deletions cannot be confirmed on the terminal",
                    "Look at them with --dry-run, then add --yes to delete them");
        }
        return root.changeAll(
                actions,
                (selected, action) -> action.deletion(selected, root, confirmation),
                new ResultRenderers<List<LookupResult<DeleteAction<T>, Deletion>>>(
                        (backend, results) -> results.flatMap(LookupResult::result)
                                .map(deletion -> deletion.text(backend))
                                .mkString(),
                        (backend, results) -> json(backend, actions, results),
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
        return root.execute(
                selected -> deletion(selected, root, confirmation),
                new ResultRenderers<Deletion>(
                        (backend, deletion) -> deletion.text(backend),
                        (backend, deletion) -> deletion.json(backend),
                        (backend, deletion) -> csv(backend, List.of(deletion))));
    }

    private static CsvWriter csv(Backend backend, List<Deletion> deletions) {
        CsvWriter csv = CsvWriter.of(java.util.List.of("backend", "vendor", "what", "outcome"));
        deletions.forEach(deletion -> deletion.addTo(csv, backend));
        return csv;
    }

    private Either<OtaFailure, Deletion> deletion(
            SelectedBackend selected, OtaCommand root, Confirmation confirmation) {
        return outcome(selected, root, confirmation)
                .flatMap(outcome -> outcome == Outcome.ABSENT && confirmation.mustExist()
                        ? Either.left(absent(selected.backend()))
                        : Either.right(new Deletion(what, outcome)));
    }

    private OtaFailure absent(Backend backend) {
        return new OtaFailure.NotFound(FailureDetails.of(
                new OperationContext(backend.name(), backend.vendor(), "delete"),
                "Nothing to delete: " + what + " does not exist on backend " + backend.name(),
                "Check the id and the backend; without --must-exist, this is a success"));
    }

    /** Makes a dry run first, so that there is no prompt for an item that does not exist or cannot be deleted. */
    private Either<OtaFailure, Outcome> outcome(SelectedBackend selected, OtaCommand root, Confirmation confirmation) {
        if (confirmation.isGiven()) {
            return delete(selected, root);
        }
        Either<OtaFailure, DeleteResult> dryRun = deletion.apply(selected, true);
        if (dryRun.isLeft() || dryRun.get() == DeleteResult.NOT_FOUND) {
            return dryRun.map(absent -> Outcome.ABSENT);
        }
        if (confirmation.isDryRun()) {
            return Either.right(Outcome.WOULD_DELETE);
        }
        Either<OtaFailure, T> found = lookup.apply(selected);
        if (found.isLeft() && found.getLeft() instanceof OtaFailure.NotFound) {
            // Another caller deleted it after the dry run.
            return Either.right(Outcome.ABSENT);
        }
        return found.flatMap(item -> {
            confirmation.require(
                    what + " (" + description.apply(item) + ") of backend "
                            + selected.backend().name(),
                    root.environment());
            return delete(selected, root);
        });
    }

    private Either<OtaFailure, Outcome> delete(SelectedBackend selected, OtaCommand root) {
        return root.change(selected, "the deletion of " + what, show, () -> deletion.apply(selected, false))
                .map(result -> switch (result) {
                    case DELETED -> Outcome.DELETED;
                    case NOT_FOUND -> Outcome.ABSENT;
                    case NOT_FOUND_AFTER_RETRY -> Outcome.GONE;
                });
    }
}
