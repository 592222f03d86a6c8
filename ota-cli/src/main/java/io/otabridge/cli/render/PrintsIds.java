package io.otabridge.cli.render;

/** A command that supports {@link OutputFormat#IDS}. */
public interface PrintsIds {}
