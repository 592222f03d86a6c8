package io.otabridge.contracts.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.otabridge.contracts.OperationContract;
import io.otabridge.contracts.PortOperation;
import io.otabridge.contracts.scenario.FailureScenario;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Reported;
import io.otabridge.domain.device.Device;
import io.otabridge.domain.device.DeviceFilter;
import io.otabridge.domain.device.DeviceId;
import io.otabridge.domain.device.DeviceRef;
import io.otabridge.domain.device.DeviceStatus;
import io.otabridge.domain.device.InstalledVersion;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.otabridge.domain.page.Page;
import io.otabridge.domain.page.PageToken;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link io.otabridge.domain.device.DeviceQueryPort}. The test class of an adapter implements this
 * interface and its hooks, and inherits the tests.
 */
public interface DeviceContract extends OperationContract {

    /** A text with quotes, markup, control and bidirectional characters, and characters beyond 16 bits. */
    String UNUSUAL_TEXT = "Lamp \"7\" <b>\\ 'a' & \t\u0007 \u202E \u706F \uD83D\uDCA1";

    /** Returns an existing product to which devices can be added. It has no other devices. */
    ProductId deviceProduct();

    /** Adds a device to the product. It is online and takes part in jobs. */
    DeviceRef addDevice(String id, InstalledVersion... versions);

    /** Adds devices to the product on at least two pages, and returns them in the order of lists. */
    List<DeviceRef> givenDevices();

    /** Makes the vendor report this status for a device. Returns false if the vendor cannot report it. */
    boolean givenDeviceStatus(DeviceRef device, String raw);

    /** Makes the vendor report this display name for a device. Returns false if it has no names. */
    boolean givenDeviceName(DeviceRef device, String name);

    /**
     * Makes the vendor omit entries from the list of devices while the announced total stays the same.
     *
     * @param listings the number of incomplete listings; later ones are complete
     */
    void givenIncompleteDeviceLists(int listings);

    /** Returns references that are valid in the domain but invalid for this vendor; empty if it has no rules. */
    List<DeviceRef> invalidDeviceRefs();

    /** Returns every secret of devices that the vendor sends with a device; empty if it sends none. */
    List<String> deviceSecrets();

    /** Returns a version of the whole device. */
    static InstalledVersion version(String version) {
        return new InstalledVersion(FirmwareTarget.wholeDevice(), FirmwareVersion.of(version));
    }

    /** Returns the result of a call that must succeed; fails with its failure otherwise. */
    static <T> T successOf(Either<OtaFailure, T> result) {
        assertThat(result.isRight()).as(result.toString()).isTrue();
        return result.get();
    }

    private boolean canFind(DeviceRef device) {
        return isSupported(Capability.FIND_DEVICE, () -> backend().devices().find(device));
    }

    private Pages<Device> list() {
        return backend().devices().list(DeviceFilter.ofProduct(deviceProduct()));
    }

    private boolean canList() {
        return isSupported(Capability.LIST_DEVICES, () -> list().toList());
    }

    private List<DeviceId> ids(Iterable<DeviceRef> devices) {
        return List.ofAll(devices).map(DeviceRef::id);
    }

    @Override
    default List<PortOperation> moreOperations() {
        DeviceRef device = addDevice("operated", version("1.0.0"));
        List<PortOperation> operations = List.empty();
        if (backend().capabilities().has(Capability.FIND_DEVICE)) {
            operations = operations.append(PortOperation.read(
                    "devices().find", backend -> backend.devices().find(device)));
        }
        if (backend().capabilities().has(Capability.LIST_DEVICES)) {
            DeviceFilter all = DeviceFilter.ofProduct(deviceProduct());
            operations = operations
                    .append(PortOperation.read(
                            "devices().list().page",
                            backend -> backend.devices().list(all).page(PageToken.FIRST)))
                    .append(PortOperation.read(
                            "devices().list().toList",
                            backend -> backend.devices().list(all).toList()));
        }
        return operations;
    }

    @Test
    default void a_device_that_does_not_exist_is_not_found() {
        DeviceRef unknown = DeviceRef.of(deviceProduct(), DeviceId.of("unknown-device"));
        if (canFind(unknown)) {
            OtaFailure failure = backend().devices().find(unknown).getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.NotFound.class);
            expectOriginAndAdvice(failure);
        }
    }

    @Test
    default void a_device_of_another_product_is_not_found() {
        DeviceRef device = addDevice("lamp-1", version("1.0.0"));
        if (canFind(device)) {
            DeviceRef other = DeviceRef.of(ProductId.of("anotherProduct"), device.id());

            assertThat(backend().devices().find(other).getLeft()).isInstanceOf(OtaFailure.NotFound.class);
        }
    }

    @Test
    default void rejects_an_invalid_device_without_a_request() {
        int before = requestsSent();

        for (DeviceRef invalid : invalidDeviceRefs()) {
            OtaFailure failure = backend().devices().find(invalid).getLeft();
            assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
            expectOriginAndAdvice(failure);
        }

        assertThat(requestsSent()).isEqualTo(before);
    }

    @Test
    default void a_device_has_every_version_that_it_reported() {
        InstalledVersion module = new InstalledVersion(FirmwareTarget.module("MCU"), FirmwareVersion.of("3.2.1"));
        DeviceRef device = addDevice("lamp-1", version("1.0.0"), module);
        if (canFind(device)) {
            Device found = backend().devices().find(device).get();

            assertThat(found.id()).isEqualTo(device.id());
            assertThat(found.versions().get()).containsExactlyInAnyOrder(version("1.0.0"), module);
            assertThat(backend().devices().versions(device).get())
                    .containsExactlyElementsOf(found.versions().get());
        }
    }

    @Test
    default void a_device_that_reported_nothing_has_no_versions() {
        DeviceRef device = addDevice("lamp-new");
        if (canFind(device)) {
            assertThat(backend().devices().find(device).get().versions().get()).isEmpty();
        }
    }

    @Test
    default void an_unknown_status_keeps_the_text_of_the_vendor() {
        DeviceRef device = addDevice("lamp-1", version("1.0.0"));
        if (givenDeviceStatus(device, "HIBERNATING") && canList()) {
            Device listed = list().toList().get().head();

            assertThat(listed.status()).contains(new Reported<>(DeviceStatus.UNKNOWN, "HIBERNATING"));
        }
    }

    @Test
    default void an_unusual_name_arrives_unchanged() {
        DeviceRef device = addDevice("lamp-1", version("1.0.0"));
        if (givenDeviceName(device, UNUSUAL_TEXT) && canList()) {
            assertThat(list().toList().get().head().name()).contains(UNUSUAL_TEXT);
        }
    }

    @Test
    default void each_pagination_lists_every_device_once() {
        List<DeviceId> existing = ids(givenDevices());
        if (canList()) {
            java.util.List<DeviceId> consumed = new ArrayList<>();

            assertThat(list().toList().get().map(Device::id)).containsExactlyElementsOf(existing);
            assertThat(list().forEach(device -> consumed.add(device.id())).get())
                    .isEqualTo(existing.size());
            assertThat(consumed).containsExactlyElementsOf(existing);
        }
    }

    @Test
    default void lists_devices_page_by_page() {
        List<DeviceId> existing = ids(givenDevices());
        if (canList()) {
            Page<Device> first = list().page(PageToken.FIRST).get();
            Page<Device> second = list().page(first.next().get()).get();

            assertThat(existing.startsWith(first.items().map(Device::id))).isTrue();
            assertThat(second.items().head().id())
                    .isEqualTo(existing.get(first.items().size()));
        }
    }

    @Test
    default void a_list_of_devices_states_only_versions_that_the_device_has() {
        DeviceRef device = addDevice("lamp-1", version("1.0.0"));
        if (canList() && canFind(device)) {
            Device listed = list().toList().get().head();

            assertThat(listed.product()).contains(deviceProduct());
            assertThat(listed.versions().getOrElse(List.empty()))
                    .isSubsetOf(backend().devices().versions(device).get());
        }
    }

    @Test
    default void a_list_without_a_product_has_the_devices_of_all_or_is_rejected_without_a_request() {
        DeviceRef device = addDevice("lamp-1", version("1.0.0"));
        if (canList()) {
            int before = requestsSent();

            Either<OtaFailure, List<Device>> listed =
                    backend().devices().list(DeviceFilter.all()).toList();

            if (listed.isRight()) {
                assertThat(listed.get().map(Device::id)).contains(device.id());
            } else {
                assertThat(listed.getLeft()).isInstanceOf(OtaFailure.Rejected.class);
                expectOriginAndAdvice(listed.getLeft());
                assertThat(requestsSent()).isEqualTo(before);
            }
        }
    }

    @Test
    default void lists_devices_by_their_version() {
        addDevice("lamp-old", version("1.0.0"));
        DeviceRef device = addDevice("lamp-new", version("2.0.0"));
        addDevice("lamp-part", new InstalledVersion(FirmwareTarget.module("MCU"), FirmwareVersion.of("2.0.0")));
        DeviceFilter filter = DeviceFilter.ofProduct(deviceProduct())
                .installed(FirmwareTarget.wholeDevice(), FirmwareVersion.of("2.0.0"));
        if (isSupported(
                Capability.FIND_DEVICES_BY_VERSION,
                () -> backend().devices().list(filter).toList())) {
            assertThat(backend().devices().list(filter).toList().get().map(Device::id))
                    .containsExactly(device.id());
        }
    }

    @Test
    default void lists_devices_again_if_the_list_was_incomplete() {
        List<DeviceId> existing = ids(givenDevices());
        if (canList()) {
            givenIncompleteDeviceLists(1);

            assertThat(list().toList().get().map(Device::id)).containsExactlyInAnyOrderElementsOf(existing);
        }
    }

    @Test
    default void fails_if_the_list_of_devices_stays_incomplete() {
        givenDevices();
        if (canList()) {
            givenIncompleteDeviceLists(Integer.MAX_VALUE);

            OtaFailure failure = list().toList().getLeft();

            assertThat(failure).isInstanceOf(OtaFailure.UnreadableResponse.class);
            assertThat(failure.summary()).containsPattern("announced [0-9]+ devices and sent [0-9]+");
        }
    }

    @Test
    default void rejects_a_token_of_another_list_of_devices() {
        givenDevices();
        if (canList()) {
            assertThat(list().page(FOREIGN_TOKEN).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        }
    }

    @Test
    default void passes_on_earlier_devices_before_the_failure_of_a_later_page() {
        List<DeviceRef> existing = givenDevices();
        if (canList()) {
            Pages<Device> devices = list();

            expectFailureAfterItems(devices, knownDevices(existing));
        }
    }

    private List<Device> knownDevices(List<DeviceRef> existing) {
        List<Device> listed = list().toList().get();
        assertThat(listed.map(Device::id)).containsExactlyElementsOf(ids(existing));
        return listed;
    }

    @Test
    default void requests_no_page_of_devices_before_it_is_needed() {
        List<DeviceId> existing = ids(givenDevices());
        if (canList()) {
            int before = requestsSent();

            Stream<Device> devices = list().stream();
            assertThat(requestsSent()).isEqualTo(before);
            assertThat(devices.findFirst().map(Device::id)).contains(existing.head());
            assertThat(requestsSent()).isLessThanOrEqualTo(before + 1);
        }
    }

    @Test
    default void an_outage_is_not_an_empty_list_of_devices() {
        assumeTrue(supportsScenario(FailureScenario.VENDOR_OUTAGE), "this vendor has no outages");
        givenDevices();
        if (canList()) {
            givenFailure(FailureScenario.VENDOR_OUTAGE);

            expectListFailure(list(), FailureScenario.VENDOR_OUTAGE);
        }
    }

    @Test
    default void no_result_holds_a_secret_of_a_device() {
        List<DeviceRef> devices = givenDevices();
        java.util.List<String> texts = new ArrayList<>();
        if (canList()) {
            texts.addAll(ObjectTexts.of(list().toList()));
            texts.addAll(ObjectTexts.of(list().page(PageToken.FIRST)));
        }
        if (canFind(devices.head())) {
            texts.addAll(ObjectTexts.of(backend().devices().find(devices.head())));
        }

        assertThat(texts).anyMatch(devices.head().id().value()::equals);
        for (String secret : deviceSecrets()) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
    }
}
