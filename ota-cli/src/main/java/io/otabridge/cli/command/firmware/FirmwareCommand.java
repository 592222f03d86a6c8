package io.otabridge.cli.command.firmware;

import picocli.CommandLine.Command;

/** Shows, lists, publishes, downloads, updates and deletes firmware packages. */
@Command(name = "firmware", description = "Shows, lists, publishes, downloads, updates and deletes firmware packages.")
public final class FirmwareCommand {}
