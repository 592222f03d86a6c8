package io.otabridge.simulators.aliyun.store;

import io.otabridge.simulators.objectstore.GeneratedFile;
import io.vavr.control.Option;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Generated packages of one product. They are created when they are read, so that a million of them needs no memory.
 * Only removed packages are stored. Not thread-safe, but its lists are.
 */
public final class GeneratedFirmware {

    public static final String PRODUCT = "a1GeneratEd";

    /** Ids are ten-digit numbers, which all dialects accept. */
    private static final long FIRST_ID = 9_000_000_000L;

    private static final String KEY_START = "ota/generated/";
    private static final String KEY_END = ".bin";
    private static final int SIZE = 64;
    private static final LocalDateTime FIRST_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final int count;
    private final UnaryOperator<String> url;
    private final TreeSet<Integer> removed = new TreeSet<>();

    /** @param url returns the address of an object by its key */
    GeneratedFirmware(int count, UnaryOperator<String> url) {
        this.url = url;
        this.count = count;
    }

    Option<AliyunFirmware> find(String firmwareId) {
        return number(firmwareId, "[0-9]{10}", FIRST_ID).map(this::create);
    }

    /** Removes a package. Returns whether it existed. */
    boolean remove(String firmwareId) {
        return number(firmwareId, "[0-9]{10}", FIRST_ID).exists(removed::add);
    }

    /** Returns a snapshot of the packages that match. */
    List<AliyunFirmware> list(Option<String> productKey, Option<String> destVersion) {
        if (productKey.exists(product -> !product.equals(PRODUCT))) {
            return List.of();
        }
        if (destVersion.isDefined()) {
            String version = destVersion.get();
            return version.startsWith("1.0.")
                    ? number(version.substring(4), "0|[1-9][0-9]{0,8}", 0)
                            .map(this::create)
                            .toList()
                            .asJava()
                    : List.of();
        }
        List<Integer> gaps = List.copyOf(removed);
        return new AbstractList<>() {
            @Override
            public AliyunFirmware get(int index) {
                int number = index;
                for (int gap : gaps) {
                    number += gap <= number ? 1 : 0;
                }
                return create(number);
            }

            @Override
            public int size() {
                return count - gaps.size();
            }
        };
    }

    private Option<Integer> number(String text, String format, long first) {
        return Option.when(text.matches(format), () -> Long.parseLong(text) - first)
                .filter(number -> number >= 0 && number < count)
                .map(Long::intValue)
                .filter(number -> !removed.contains(number));
    }

    /** Returns the file with an object key. */
    Option<GeneratedFile> fileAt(String key) {
        return Option.when(
                        key.startsWith(KEY_START) && key.endsWith(KEY_END),
                        () -> key.substring(KEY_START.length(), key.length() - KEY_END.length()))
                .filter(id -> number(id, "[0-9]{10}", FIRST_ID).isDefined())
                .map(GeneratedFirmware::file);
    }

    private static GeneratedFile file(String id) {
        return new GeneratedFile(id, SIZE);
    }

    private AliyunFirmware create(int number) {
        String id = String.valueOf(FIRST_ID + number);
        String time = FIRST_TIME.plusMinutes(number).format(TIME);
        return AliyunFirmware.builder(id, PRODUCT, "1.0." + number)
                .firmwareName("generated-" + number)
                .productName("Generated")
                .file(url.apply(KEY_START + id + KEY_END), SIZE, file(id).md5())
                .times(time, time)
                .build();
    }
}
