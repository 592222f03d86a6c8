package io.otabridge.simulators.huawei.store;

import io.otabridge.simulators.huawei.store.HuaweiPackage.ObsLocation;
import io.otabridge.simulators.huawei.store.HuaweiStore.Numbers;
import io.otabridge.simulators.objectstore.GeneratedFile;
import io.vavr.control.Option;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Generated firmware packages of one product in versions {@code 0.0.1} and up. Each was created a minute after the
 * previous one. Ids ascend.
 *
 * @param bucket the bucket of the files
 */
public record GeneratedPackages(String productId, String bucket, Numbers numbers)
        implements HuaweiStore.Generated<PackageIndexKey, HuaweiPackage> {

    private static final String TYPE = "firmwarePackage";
    private static final String ID_START = "9e7e2a7ed0000000";
    private static final String VERSION_START = "0.0.";
    private static final String KEY_START = "generated/";
    private static final String KEY_END = ".bin";
    private static final int SIZE = 64;
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    @Override
    public HuaweiPackage at(long number) {
        long nth = number - numbers.first() + 1;
        String id = ID_START + HexFormat.of().toHexDigits(number);
        return HuaweiPackage.builder(id, productId, VERSION_START + nth)
                .packageType(TYPE)
                .createTime(START.plusMinutes(nth).format(TIME))
                .obsLocation(new ObsLocation(
                        HuaweiPackage.REGION, bucket, KEY_START + id + KEY_END, "SHA256", file(id).sha256()))
                .build();
    }

    /** Returns the file with an object key. */
    public Option<GeneratedFile> fileAt(String key) {
        return Option.when(
                        key.startsWith(KEY_START) && key.endsWith(KEY_END),
                        () -> key.substring(KEY_START.length(), key.length() - KEY_END.length()))
                .filter(id -> numberOf(id).isDefined())
                .map(GeneratedPackages::file);
    }

    private static GeneratedFile file(String id) {
        return new GeneratedFile(id, SIZE);
    }

    @Override
    public Option<Long> numberOf(String id) {
        return Option.when(
                        id.matches(ID_START + "0{8}[0-9a-f]{8}"),
                        () -> HexFormat.fromHexDigitsToLong(id, ID_START.length(), id.length()))
                .filter(numbers::include);
    }

    /** Returns the numbers of the packages that match. They differ only in version. */
    @Override
    public Numbers matching(PackageIndexKey key) {
        if (!key.type().equals(TYPE) || !key.product().forAll(productId::equals)) {
            return Numbers.NONE;
        }
        return key.version().map(this::inVersion).getOrElse(numbers);
    }

    private Numbers inVersion(String version) {
        return Option.when(
                        version.matches("0\\.0\\.[1-9][0-9]{0,9}"),
                        () -> Long.parseLong(version.substring(VERSION_START.length())) - 1 + numbers.first())
                .filter(numbers::include)
                .map(number -> new Numbers(number, number))
                .getOrElse(Numbers.NONE);
    }
}
