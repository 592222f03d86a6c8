package io.otabridge.aliyun;

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
            new String[] {"BA{\"Success\":true,\"FirmwareInfo\":[", "{\"FirmwareId\":1},", "{}]}"},
            new String[] {"AA{\"Success\":true,\"FirmwareInfo\":{\"FirmwareId\":\"", "x", "\"}}"},
            new String[] {"AD{\"Message\":\"", "\\u56fa", "\"}"},
            new String[] {"AA", "{\"a\":", ""},
            new String[] {"AA<R>", "<a/>", "</R>"},
            new String[] {
                "AA<R><Success>true</Success><FirmwareInfo>", "<a>" + "x".repeat(200) + "</a>", "</FirmwareInfo></R>"
            },
            new String[] {"AD<R><Message>", "x", "</Message></R>"},
            new String[] {"AD<R><Message>", "&amp;", "</Message></R>"},
            new String[] {"AD<R><Message>", "固", "</Message></R>"},
            new String[] {"AA", "<a>", ""},
            new String[] {"AA<R ", "a", "=\"1\"/>"},
            new String[] {"AD<html>", "x ", ""});

    @Test
    void the_largest_responses_are_read_with_a_small_heap() throws Exception {
        SmallHeapProcess.run(LargestResponseTest.class);
    }

    /** Runs in the process with the small heap. */
    public static void main(String[] args) {
        AliyunResponseFuzzTest target = new AliyunResponseFuzzTest();
        for (String[] shape : SHAPES) {
            target.any_response_becomes_a_value_or_a_printable_failure(
                    SmallHeapProcess.filled((int) CallOptions.MAX_BODY_BYTES + 2, shape[0], shape[1], shape[2]));
        }
    }
}
