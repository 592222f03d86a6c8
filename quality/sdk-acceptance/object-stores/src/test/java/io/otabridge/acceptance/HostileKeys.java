package io.otabridge.acceptance;

import java.util.List;

/** Keys of objects that are encoded in a path. */
final class HostileKeys {

    static final List<String> ALL = List.of(
            "ota/mcu/1.0.0/app.bin",
            "固件/版本 1.bin",
            "a b+c%20d%2Fe",
            "a/../b",
            "../b",
            ".../b..",
            "a//b",
            "folder/",
            "%",
            "+",
            "?a=b#c",
            "a&uploadId=1;b:c@d,e=$",
            "*'()!~\"<>|\\^`{}[]",
            "é😀/\u00a0",
            "x".repeat(1024),
            "固".repeat(341) + "x");

    private HostileKeys() {}
}
