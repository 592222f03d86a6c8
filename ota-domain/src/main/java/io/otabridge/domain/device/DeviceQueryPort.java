package io.otabridge.domain.device;

import io.otabridge.domain.Capability;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.page.Pages;
import io.vavr.collection.List;
import io.vavr.control.Either;
import java.util.function.Function;

/**
 * Queries devices and their versions on one backend. Thread-safety, interrupts and failures are as in {@link
 * io.otabridge.domain.firmware.FirmwareQueryPort}. No result holds the secret of a device.
 */
public interface DeviceQueryPort {

    /**
     * Finds a device with the versions that it reported (documents "Query a Device" of Huawei Cloud IoTDA and
     * "ListOTAModuleVersionsByDevice" of Alibaba Cloud IoT Platform).
     *
     * @param device a reference that violates the vendor's constraint, or that lacks a product on a vendor that needs
     *     it, is {@link OtaFailure.Rejected} before anything is sent
     * @return the device, always with {@link Device#versions}; {@link OtaFailure.NotFound} if it does not exist, or is a
     *     device of another product; otherwise the failure
     */
    Either<OtaFailure, Device> find(DeviceRef device);

    /** Returns the versions that a device reported; empty if it has reported none. See {@link #find}. */
    default Either<OtaFailure, List<InstalledVersion>> versions(DeviceRef device) {
        return find(device).map(found -> found.versions().getOrElse(List.empty()));
    }

    /**
     * Lists devices (documents "Query the Device List" and "Flexibly Search for the Device List" of
     * Huawei Cloud IoTDA, and "QueryDevice" of Alibaba Cloud IoT Platform). This method sends nothing; the methods of
     * {@link Pages} do. Completeness is as in {@link io.otabridge.domain.firmware.FirmwareQueryPort#list}.
     *
     * <p>Huawei Cloud IoTDA searches by version for the whole device and the software, not for modules, with one request
     * per second for the account and 50 devices in each response.
     *
     * @param filter selects the devices; a part that violates the vendor's constraint, or the lack of a product on a
     *     vendor that needs it, is {@link OtaFailure.Rejected} before anything is sent
     * @return the list, which may be empty
     */
    Pages<Device> list(DeviceFilter filter);

    /**
     * Returns a port whose operations return a failure. Nothing is sent.
     *
     * @param failure creates the failure for the missing capability
     */
    static DeviceQueryPort unsupported(Function<Capability, OtaFailure> failure) {
        return new DeviceQueryPort() {
            @Override
            public Either<OtaFailure, Device> find(DeviceRef device) {
                return Either.left(failure.apply(Capability.FIND_DEVICE));
            }

            @Override
            public Pages<Device> list(DeviceFilter filter) {
                return Pages.of(from -> Either.left(failure.apply(Capability.LIST_DEVICES)));
            }
        };
    }
}
