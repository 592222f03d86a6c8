package io.otabridge.cli.command.firmware;

import picocli.CommandLine.Command;

/** Shows, finds, lists and deletes firmware packages. */
@Command(name = "firmware", description = "Shows, finds, lists and deletes firmware packages.")
public final class FirmwareCommand {}
