package io.otabridge.cli.option;

import io.otabridge.cli.context.CliEnvironment;
import io.otabridge.cli.context.StandardInput;
import io.otabridge.domain.device.DeviceId;
import io.vavr.collection.List;

/** The value of {@code --devices}: ids separated by commas, {@code @FILE}, or {@code -} for standard input. */
public record DeviceList(String value) {

    /** The description of the forms of a value. */
    public static final String FORMS =
            "ids separated by commas, @FILE for a file, or - for standard input, with one id on each line";

    /** Returns the ids, without duplicates. */
    public List<DeviceId> read(CliEnvironment environment) {
        return StandardInput.expand(value, DeviceId::parse, environment);
    }
}
