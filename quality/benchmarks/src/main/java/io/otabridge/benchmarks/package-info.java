/**
 * Measures what a call costs: {@link io.otabridge.benchmarks.Benchmarks} runs every contender in a JVM of its own with
 * the class path that its users have, against one {@link io.otabridge.benchmarks.Server}, and writes {@code
 * docs/performance.md}. Parts of a call are measured by the benchmarks for JMH, which
 * stand in the packages of what they measure, because that is not public.
 */
@NullMarked
package io.otabridge.benchmarks;

import org.jspecify.annotations.NullMarked;
