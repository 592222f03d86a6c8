package io.otabridge.cli.command.module;

import picocli.CommandLine.Command;

/** Shows, lists, creates, updates and deletes OTA modules. */
@Command(
        name = "module",
        description =
                "Shows, lists, creates, updates and deletes OTA modules, the separately upgradable parts of a product's devices.")
public final class ModuleCommand {}
