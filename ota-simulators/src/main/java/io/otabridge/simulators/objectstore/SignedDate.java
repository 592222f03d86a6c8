package io.otabridge.simulators.objectstore;

import io.vavr.control.Option;
import io.vavr.control.Try;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The date of a signed request, which may differ from the clock of the store by 15 minutes. */
final class SignedDate {

    private static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private SignedDate() {}

    /** Returns why a date is not accepted; none if it is. */
    static Option<StoreError> check(Option<String> date, Instant now) {
        Option<Instant> signed =
                date.flatMap(text -> Try.of(() -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant())
                        .toOption());
        if (signed.isEmpty()) {
            return Option.some(StoreError.accessDenied("A signed request must have a valid Date header."));
        }
        return Option.when(Duration.between(signed.get(), now).abs().compareTo(MAX_SKEW) > 0, StoreError::skewed);
    }
}
