package io.otabridge.simulators.huawei.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.otabridge.simulators.huawei.HuaweiClient;
import io.otabridge.simulators.huawei.HuaweiSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Generated packages among stored ones. */
class GeneratedPackagesTest {

    private static final String PACKAGES = "/ota-upgrades/packages";
    private static final String LIST = PACKAGES + "?limit=50&package_type=firmwarePackage";

    private HuaweiSimulator simulator;

    @BeforeEach
    void start() {
        simulator = HuaweiSimulator.start();
        simulator.addPackage(HuaweiPackage.builder("before", "p", "1").build());
        simulator.generatePackages("p", 70);
        simulator.addPackage(HuaweiPackage.builder("between", "p", "2").build());
        simulator.generatePackages("p", 1_000_000);
        simulator.addPackage(HuaweiPackage.builder("after", "p", "3").build());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void are_listed_with_stored_packages_in_order_of_creation() throws Exception {
        JsonNode page = get(LIST + "&product_id=p").body();

        assertThat(page.at("/page/count").asLong()).isEqualTo(1_000_073);
        assertThat(versions(page)).startsWith("3", "0.0.1000000", "0.0.999999").hasSize(50);
    }

    @Test
    void are_listed_once_each_across_pages() throws Exception {
        delete("2", "0.0.1", "0.0.71");
        List<String> listed = new ArrayList<>();
        String marker = markerOfVersion("0.0.100");
        JsonNode page;
        do {
            page = get(PACKAGES + "?limit=50&marker=" + marker + "&package_type=firmwarePackage&product_id=p")
                    .body();
            listed.addAll(versions(page));
            marker = page.at("/page/marker").asText();
        } while (!page.get("packages").isEmpty());

        assertThat(listed).hasSize(99 - 2 + 70 + 1).startsWith("0.0.99").endsWith("0.0.2", "0.0.1", "1");
        assertThat(listed).filteredOn("0.0.50"::equals).hasSize(2);
    }

    @Test
    void support_offsets() throws Exception {
        JsonNode page = get(PACKAGES + "?limit=2&offset=500&package_type=firmwarePackage&product_id=p")
                .body();

        assertThat(versions(page)).containsExactly("0.0.999501", "0.0.999500");
    }

    @Test
    void are_listed_for_every_product_and_for_one_version() throws Exception {
        assertThat(versions(get(LIST).body())).startsWith("3", "0.0.1000000");
        assertThat(versions(get(LIST + "&version=0.0.70").body())).containsExactly("0.0.70", "0.0.70");
        assertThat(versions(get(LIST + "&product_id=p&version=0.0.71").body())).containsExactly("0.0.71");
        assertThat(versions(get(LIST + "&product_id=q&version=0.0.71").body())).isEmpty();
        assertThat(versions(get(LIST + "&version=0.0.1000001").body())).isEmpty();
        assertThat(versions(get(LIST + "&version=0.0.99999999999").body())).isEmpty();
    }

    @Test
    void have_one_type() throws Exception {
        JsonNode page = get(PACKAGES + "?limit=50&package_type=modulePackage&product_id=p")
                .body();

        assertThat(page.at("/page/count").asLong()).isZero();
    }

    @Test
    void can_be_shown_and_deleted() throws Exception {
        String id = idOfVersion("0.0.999");

        assertThat(get(PACKAGES + "/" + id).body().get("version").asText()).isEqualTo("0.0.999");
        assertThat(new HuaweiClient(simulator)
                        .send("DELETE", PACKAGES + "/" + id, "")
                        .status())
                .isEqualTo(204);
        assertThat(new HuaweiClient(simulator)
                        .send("DELETE", PACKAGES + "/" + id, "")
                        .status())
                .isEqualTo(404);
        assertThat(get(PACKAGES + "/" + id).status()).isEqualTo(404);
        assertThat(get(LIST + "&product_id=p").body().at("/page/count").asLong())
                .isEqualTo(1_000_072);
        assertThat(versions(get(LIST + "&version=0.0.999").body())).isEmpty();
    }

    @Test
    void are_not_stored() {
        assertThat(simulator.packages())
                .extracting(HuaweiPackage::packageId)
                .contains("before", "between", "after")
                .hasSizeLessThan(100);
    }

    @Test
    void are_not_found_by_other_ids() throws Exception {
        String id = idOfVersion("0.0.1000000");

        assertThat(get(PACKAGES + "/" + id.replaceFirst(".{8}$", "ffffffff")).status())
                .isEqualTo(404);
        assertThat(get(PACKAGES + "/" + id.toUpperCase(Locale.ROOT)).status()).isEqualTo(404);
    }

    private void delete(String... versions) throws Exception {
        for (String version : versions) {
            assertThat(simulator.removePackage(idOfVersion(version))).isTrue();
        }
    }

    private String idOfVersion(String version) throws Exception {
        return get(LIST + "&product_id=p&version=" + version)
                .body()
                .at("/packages/0/package_id")
                .asText();
    }

    private String markerOfVersion(String version) throws Exception {
        return get(PACKAGES + "?limit=1&package_type=firmwarePackage&product_id=p&version=" + version)
                .body()
                .at("/page/marker")
                .asText();
    }

    private static List<String> versions(JsonNode page) {
        List<String> versions = new ArrayList<>();
        page.get("packages")
                .forEach(listed -> versions.add(listed.get("version").asText()));
        return versions;
    }

    private HuaweiClient.Reply get(String path) throws Exception {
        return new HuaweiClient(simulator).get(path);
    }
}
