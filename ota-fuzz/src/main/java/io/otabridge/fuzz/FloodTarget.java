package io.otabridge.fuzz;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A target whose inputs are bounded by a number of bytes alone. Each of the largest must be read in a virtual machine whose
 * whole heap is {@link FloodRun#HEAP}, with the input itself and what the test keeps of it.
 */
public interface FloodTarget extends FuzzTarget {

    /** How large an input may be. */
    int largest();

    /** The shapes of inputs that take more memory than others. */
    List<Flood> floods();

    @Test
    default void reads_the_largest_inputs_within_a_small_heap() throws Exception {
        FloodRun.of(this);
    }
}
