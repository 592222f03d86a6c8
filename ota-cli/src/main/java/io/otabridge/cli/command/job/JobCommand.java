package io.otabridge.cli.command.job;

import picocli.CommandLine.Command;

/** Creates, shows, watches and changes upgrade jobs. */
@Command(
        name = "job",
        description = "Creates, shows, watches and changes upgrade jobs, which install a firmware package on devices.")
public final class JobCommand {}
