package io.otabridge.cli.command.device;

import picocli.CommandLine.Command;

/** Shows and lists devices. */
@Command(name = "device", description = "Shows and lists devices, and the versions that they reported.")
public final class DeviceCommand {}
