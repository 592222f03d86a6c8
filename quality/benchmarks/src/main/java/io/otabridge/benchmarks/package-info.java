/**
 * Measures the cost of calls. {@link io.otabridge.benchmarks.Benchmarks} runs each contender in a separate JVM with
 * the class path of its users against one {@link io.otabridge.benchmarks.Server}, and writes
 * {@code docs/internals/performance.md}. JMH benchmarks measure parts of a call.
 */
@NullMarked
package io.otabridge.benchmarks;

import org.jspecify.annotations.NullMarked;
