package io.otabridge.aliyun.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import io.otabridge.aliyun.config.Dialect;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareCoordinates;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.firmware.NewFirmware;
import io.vavr.collection.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of packages that were requested without one. */
class FirmwareNamesTest {

    private static final List<String> PARTS = List.of("a", "A", "b", "a.b", "a-b", "a_b", "a__b", "1.0", "1_0");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "a1uctKeXXXX, mcu, 2.0.0, -, a1uctKeXXXX(mcu)2_0_0",
                "a1uctKeXXXX, mcu, 2.0.0-rc.1, -, a1uctKeXXXX(mcu)2_0_0-rc_1",
                "a1uctKeXXXX, -, 2.0.0, -, a1uctKeXXXX(default)2_0_0",
                "a1uctKeXXXX, mcu, 2.0.0, 1.9.0, a1uctKeXXXX(mcu)2_0_0(1_9_0)"
            })
    void are_product_module_version_and_source(
            String product, String module, String version, String source, String name) {
        assertThat(FirmwareNames.derive(firmware(product, module, version, source)))
                .isEqualTo(name);
    }

    @Test
    void are_cut_and_end_with_a_digest_if_they_are_too_long_or_ambiguous() {
        assertThat(FirmwareNames.derive(firmware("a1uctKeXXXX", "m".repeat(64), "1.0", null)))
                .matches("a1uctKeXXXX\\(m{19}-[0-9a-f]{8}")
                .isNotEqualTo(FirmwareNames.derive(firmware("a1uctKeXXXX", "m".repeat(64), "1.1", null)));
        assertThat(FirmwareNames.derive(firmware("a1uctKeXXXX", "mcu", "1_0", null)))
                .matches("a1uctKeXXXX\\(mcu\\)1_0-[0-9a-f]{8}");
    }

    @Test
    void are_valid_different_and_stable_for_all_identities() {
        List<NewFirmware> identities = List.of("p", "p(a)", "产品", "_p", "a_b")
                .flatMap(product -> PARTS.append("device")
                        .append(null)
                        .flatMap(module -> PARTS.flatMap(version -> PARTS.append(null)
                                .filter(source -> !version.equals(source))
                                .map(source -> firmware(product, module, version, source)))));

        List<String> names = identities.map(FirmwareNames::derive);

        assertThat(names).doesNotHaveDuplicates().isEqualTo(identities.map(FirmwareNames::derive));
        for (Dialect dialect : List.of(Dialect.ALIBABA, Dialect.TUYA)) {
            assertThat(names).allSatisfy(name -> dialect.rules().firmwareName().require(name));
        }
    }

    private static NewFirmware firmware(String product, String module, String version, String source) {
        FirmwareCoordinates coordinates = FirmwareCoordinates.of(
                ProductId.of(product),
                module == null ? FirmwareTarget.wholeDevice() : FirmwareTarget.module(module),
                FirmwareVersion.of(version));
        return source == null
                ? NewFirmware.full(coordinates).build()
                : NewFirmware.delta(coordinates, FirmwareVersion.of(source)).build();
    }
}
