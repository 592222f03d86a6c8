package io.otabridge.huawei.job;

import io.otabridge.domain.job.FailureReason;
import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.List;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why sub-tasks fail: error codes (document "Error Codes"), texts (FAQ on errors of software and firmware upgrades) and
 * the result codes of devices (document "Device Reporting the Upgrade Status").
 */
final class FailureReasons {

    private static final Map<String, FailureReason> BY_CODE = HashMap.of(
            "IOTDA.014016", FailureReason.DEVICE_OFFLINE,
            "IOTDA.005004", FailureReason.SOURCE_VERSION,
            "IOTDA.005005", FailureReason.SOURCE_VERSION);

    /** Expressions for parts of texts in lower case; the first match counts. */
    private static final List<Tuple2<Pattern, FailureReason>> BY_TEXT = List.of(
            text("not online", FailureReason.DEVICE_OFFLINE),
            text("device online timeout", FailureReason.DEVICE_OFFLINE),
            text("task conflict", FailureReason.CONFLICT),
            text("integrity check", FailureReason.INTEGRITY),
            text("unsupported package type", FailureReason.UNSUPPORTED_PACKAGE),
            text("not enough storage", FailureReason.STORAGE),
            text("out of memory", FailureReason.MEMORY),
            text("connection lost during download", FailureReason.DOWNLOAD),
            text("invalid uri", FailureReason.DOWNLOAD),
            text("downloaded package timeout", FailureReason.DOWNLOAD),
            text("firmware update failed", FailureReason.INSTALLATION),
            text("report .*timeout", FailureReason.NO_REPORT),
            text("updating timeout", FailureReason.NO_REPORT));

    private static final Map<Integer, FailureReason> BY_RESULT_CODE = HashMap.ofEntries(
            Tuple.of(1, FailureReason.BUSY),
            Tuple.of(2, FailureReason.SIGNAL),
            Tuple.of(3, FailureReason.ALREADY_INSTALLED),
            Tuple.of(4, FailureReason.BATTERY),
            Tuple.of(5, FailureReason.STORAGE),
            Tuple.of(6, FailureReason.DOWNLOAD),
            Tuple.of(7, FailureReason.INTEGRITY),
            Tuple.of(8, FailureReason.UNSUPPORTED_PACKAGE),
            Tuple.of(9, FailureReason.MEMORY),
            Tuple.of(10, FailureReason.INSTALLATION),
            Tuple.of(255, FailureReason.INTERNAL));

    /** Devices report modules with negative codes. */
    private static final Pattern RESULT_CODE =
            Pattern.compile("\\b(?:result[_ ]?)?code\\s{0,3}[:=]?\\s{0,3}-?([0-9]{1,3})\\b");

    private FailureReasons() {}

    private static Tuple2<Pattern, FailureReason> text(String expression, FailureReason reason) {
        return Tuple.of(Pattern.compile(expression), reason);
    }

    /** The reason; {@link FailureReason#OTHER} if the texts are in no table. */
    static FailureReason of(Option<String> code, Option<String> text) {
        Option<String> lower = text.map(raw -> raw.toLowerCase(Locale.ROOT));
        return code.map(raw -> raw.toUpperCase(Locale.ROOT))
                .flatMap(BY_CODE::get)
                .orElse(() -> lower.flatMap(FailureReasons::byResultCode))
                .orElse(() -> lower.flatMap(FailureReasons::byText))
                .getOrElse(FailureReason.OTHER);
    }

    private static Option<FailureReason> byResultCode(String text) {
        Matcher found = RESULT_CODE.matcher(text);
        return found.find() ? BY_RESULT_CODE.get(Integer.valueOf(found.group(1))) : Option.none();
    }

    private static Option<FailureReason> byText(String text) {
        return BY_TEXT.find(entry -> entry._1.matcher(text).find()).map(Tuple2::_2);
    }
}
