package io.otabridge.testkit;

/** Placeholder until the suite is written. */
public interface ModuleQueryContract {}
