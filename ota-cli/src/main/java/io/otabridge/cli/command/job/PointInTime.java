package io.otabridge.cli.command.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time in ISO 8601: with an offset, such as {@code 2026-12-01T08:00:00Z} or {@code 2026-12-01T08:00+08:00}, or a local
 * time, such as {@code 2026-12-01T08:00}.
 */
record PointInTime(TemporalAccessor parsed) {

    /** Parses a time. */
    static final class Converter implements ITypeConverter<PointInTime> {

        @Override
        public PointInTime convert(String text) {
            try {
                return new PointInTime(
                        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from));
            } catch (DateTimeException invalid) {
                throw new TypeConversionException(
                        "it must be a time such as 2026-12-01T08:00 (local time) or 2026-12-01T08:00:00Z, but is \""
                                + text + "\"");
            }
        }
    }

    /** Returns the instant; of a local time in this zone. A local time that a clock change skips is the time after it. */
    Instant in(ZoneId zone) {
        return parsed instanceof OffsetDateTime time
                ? time.toInstant()
                : LocalDateTime.from(parsed).atZone(zone).toInstant();
    }
}
