package io.otabridge.benchmarks;

/** The documented responses, for benchmarks without a network. */
public final class Payloads {

    private Payloads() {}

    /** Returns the response to ShowOtaPackage. */
    public static byte[] huawei() {
        return ResponseTemplate.of("ShowOtaPackage.json").withId("28f61af50fc9452aa0ed5ea25c3cc3d3");
    }

    /** Returns the response to QueryOTAFirmware. */
    public static byte[] aliyun() {
        return ResponseTemplate.of("QueryOTAFirmware.json").withId("UfuxnwygsuSkVE0VCN****0100");
    }
}
