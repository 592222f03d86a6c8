package io.otabridge.cli.command;

import io.otabridge.cli.render.CsvWriter;
import io.otabridge.cli.render.JsonOutput;
import io.otabridge.cli.render.OutputFormats;
import io.otabridge.cli.terminal.TerminalEscaper;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Either;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Deletes something after a look at it and a yes. What is absent and what cannot be deleted is the port's to say.
 *
 * @param what would be deleted, such as {@code firmware 28f6…}
 * @param words more about it, for the person who is asked
 * @param look finds it
 * @param deletion deletes it, or with {@code true} only says what would come of that
 */
record DeleteAction<T>(
        String what,
        Function<T, String> words,
        Function<SelectedBackend, Either<OtaFailure, T>> look,
        BiFunction<SelectedBackend, Boolean, Either<OtaFailure, DeleteResult>> deletion) {

    /** What became of it. */
    enum Outcome {
        DELETED("Deleted %s on backend %s"),
        ABSENT("There is no %s on backend %s, so nothing had to be deleted"),
        GONE(
                "There is no %s on backend %s any more. The response to a first attempt was lost, so it is not known whether this"
                        + " command deleted it"),
        WOULD_DELETE("Would delete %s on backend %s");

        private final String sentence;

        Outcome(String sentence) {
            this.sentence = sentence;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Looks, asks and deletes, and prints what became of it. Answers the exit code. */
    int run(OtaCommand root, Confirmation confirmation) {
        return root.ask(
                chosen -> outcome(chosen, root.surroundings(), confirmation),
                new OutputFormats<Outcome>(
                        (backend, outcome) ->
                                TerminalEscaper.of(outcome.sentence.formatted(what, backend.name())) + "\n",
                        (backend, outcome) -> JsonOutput.object()
                                .put("backend", backend.name())
                                .put("vendor", backend.vendor().name())
                                .put("what", what)
                                .put("outcome", outcome.word()),
                        (backend, outcome) -> CsvWriter.of(List.of("backend", "vendor", "what", "outcome"))
                                .row(List.of(backend.name(), backend.vendor().name(), what, outcome.word()))));
    }

    /** A dry run comes first, so that nobody is asked about what is not there or cannot be deleted. */
    private Either<OtaFailure, Outcome> outcome(
            SelectedBackend chosen, CliEnvironment surroundings, Confirmation confirmation) {
        if (confirmation.isGiven()) {
            return delete(chosen);
        }
        Either<OtaFailure, DeleteResult> foreseen = deletion.apply(chosen, true);
        if (foreseen.isLeft() || foreseen.get() == DeleteResult.ABSENT) {
            return foreseen.map(absent -> Outcome.ABSENT);
        }
        if (confirmation.isDryRun()) {
            return Either.right(Outcome.WOULD_DELETE);
        }
        Either<OtaFailure, T> looked = look.apply(chosen);
        if (looked.isLeft() && looked.getLeft() instanceof OtaFailure.NotFound) {
            // Another caller deleted it after the dry run.
            return Either.right(Outcome.ABSENT);
        }
        return looked.flatMap(found -> {
            confirmation.require(
                    what + " (" + words.apply(found) + ") of backend "
                            + chosen.backend().name(),
                    surroundings);
            return delete(chosen);
        });
    }

    private Either<OtaFailure, Outcome> delete(SelectedBackend chosen) {
        return deletion.apply(chosen, false).map(done -> switch (done) {
            case DELETED -> Outcome.DELETED;
            case ABSENT -> Outcome.ABSENT;
            case GONE -> Outcome.GONE;
        });
    }
}
