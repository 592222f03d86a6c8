package io.otabridge.cli.command;

import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.ResultRenderers;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Deletes an item after confirmation. The port decides whether the item exists and can be deleted.
 *
 * @param what the item, such as {@code firmware 28f6…}
 * @param description describes the item in the prompt
 * @param lookup finds the item
 * @param deletion deletes the item, or with {@code true} makes a dry run
 */
record DeleteAction<T>(
        String what,
        Function<T, String> description,
        Function<SelectedBackend, Either<OtaFailure, T>> lookup,
        BiFunction<SelectedBackend, Boolean, Either<OtaFailure, DeleteResult>> deletion) {

    /** The result that is printed. */
    enum Outcome {
        DELETED("Deleted %s on backend %s"),
        ABSENT("Nothing to delete: %s does not exist on backend %s"),
        GONE("Backend %2$s no longer has %1$s. The response to the first attempt was lost, so it is not known whether"
                + " this command deleted it"),
        WOULD_DELETE("Would delete %s on backend %s");

        private final String sentence;

        Outcome(String sentence) {
            this.sentence = sentence;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Runs the deletion and prints the result. Returns the exit code. */
    int run(OtaCommand root, Confirmation confirmation) {
        return root.execute(
                selected -> outcome(selected, root.environment(), confirmation),
                new ResultRenderers<Outcome>(
                        (backend, outcome) ->
                                TerminalEscaper.of(outcome.sentence.formatted(what, backend.name())) + "\n",
                        (backend, outcome) -> JsonOutput.object()
                                .put("backend", backend.name())
                                .put("vendor", backend.vendor().name())
                                .put("what", what)
                                .put("outcome", outcome.code()),
                        (backend, outcome) -> CsvWriter.of(List.of("backend", "vendor", "what", "outcome"))
                                .row(List.of(backend.name(), backend.vendor().name(), what, outcome.code()))));
    }

    /** Makes a dry run first, so that there is no prompt for an item that does not exist or cannot be deleted. */
    private Either<OtaFailure, Outcome> outcome(
            SelectedBackend selected, CliEnvironment environment, Confirmation confirmation) {
        if (confirmation.isGiven()) {
            return delete(selected);
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
                    environment);
            return delete(selected);
        });
    }

    private Either<OtaFailure, Outcome> delete(SelectedBackend selected) {
        return deletion.apply(selected, false).map(result -> switch (result) {
            case DELETED -> Outcome.DELETED;
            case NOT_FOUND -> Outcome.ABSENT;
            case NOT_FOUND_AFTER_RETRY -> Outcome.GONE;
        });
    }
}
