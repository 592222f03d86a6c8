package io.otabridge.huawei;

import io.otabridge.client.config.CallOptions;
import io.otabridge.contracts.fuzz.SmallHeapProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads responses of the maximum size with a heap of 96 MiB. The test's own copies take 16 MiB of it. */
class LargestResponseTest {

    /**
     * The start, the repeated part and the end. An input is a letter for the request, one for the status, and the body.
     */
    private static final List<String[]> SHAPES = List.of(
            new String[] {"BA{\"packages\":[", "{},", "{}]}"},
            new String[] {"EA{\"modules\":[", "null,", "null]}"},
            new String[] {"AA{\"package_id\":\"", "x", "\"}"},
            new String[] {"AA{\"unknown\":\"", "固", "\"}"},
            new String[] {"AE{\"error_msg\":\"", "\\u56fa", "\",\"error_code\":\"IOTDA.000006\"}"},
            new String[] {"AE{\"error_code\":", "1", "}"},
            new String[] {"DA", "[", ""},
            new String[] {"AE<html>", "x ", ""});

    @Test
    void the_largest_responses_are_read_with_a_small_heap() throws Exception {
        SmallHeapProcess.run(LargestResponseTest.class);
    }

    /** Runs in the process with the small heap. */
    public static void main(String[] args) {
        HuaweiResponseFuzzTest target = new HuaweiResponseFuzzTest();
        for (String[] shape : SHAPES) {
            target.any_response_becomes_a_value_or_a_printable_failure(
                    SmallHeapProcess.filled((int) CallOptions.MAX_BODY_BYTES + 2, shape[0], shape[1], shape[2]));
        }
    }
}
