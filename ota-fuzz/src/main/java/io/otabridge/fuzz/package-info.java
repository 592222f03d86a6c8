/**
 * Inputs that nobody wrote, for every reader of bytes from outside. Start at {@link io.otabridge.fuzz.FuzzTarget}, which a
 * test implements for one reader. The usual build gives it a fixed number of inputs, the same every time; with the profile
 * {@code fuzz} Jazzer looks for others, led by what they reach in the code. {@link io.otabridge.fuzz.OddText} makes texts for
 * generated cases.
 */
@NullMarked
package io.otabridge.fuzz;

import org.jspecify.annotations.NullMarked;
