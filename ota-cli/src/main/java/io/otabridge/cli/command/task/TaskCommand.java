package io.otabridge.cli.command.task;

import picocli.CommandLine.Command;

/** Lists the tasks of upgrade jobs. */
@Command(name = "task", description = "Lists the tasks of upgrade jobs: one task for each device.")
public final class TaskCommand {}
