package io.otabridge.benchmarks;

/** The answers that vendors document, for benchmarks without a network. */
public final class Payloads {

    private Payloads() {}

    /** That of ShowOtaPackage. */
    public static byte[] huawei() {
        return Answer.of("ShowOtaPackage.json").about("28f61af50fc9452aa0ed5ea25c3cc3d3");
    }

    /** That of QueryOTAFirmware. */
    public static byte[] aliyun() {
        return Answer.of("QueryOTAFirmware.json").about("UfuxnwygsuSkVE0VCN****0100");
    }
}
