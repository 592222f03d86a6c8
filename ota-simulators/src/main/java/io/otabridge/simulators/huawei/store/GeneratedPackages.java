package io.otabridge.simulators.huawei.store;

import io.otabridge.simulators.huawei.store.HuaweiStore.Numbers;
import io.vavr.control.Option;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Generated firmware packages of one product in versions {@code 0.0.1} and up. Each was created a minute after the
 * previous one. Ids ascend.
 */
public record GeneratedPackages(String productId, Numbers numbers)
        implements HuaweiStore.Generated<PackageIndexKey, HuaweiPackage> {

    private static final String TYPE = "firmwarePackage";
    private static final String ID_START = "9e7e2a7ed0000000";
    private static final String VERSION_START = "0.0.";
    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    @Override
    public HuaweiPackage at(long number) {
        long nth = number - numbers.first() + 1;
        return HuaweiPackage.builder(ID_START + HexFormat.of().toHexDigits(number), productId, VERSION_START + nth)
                .packageType(TYPE)
                .createTime(START.plusMinutes(nth).format(TIME))
                .build();
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
