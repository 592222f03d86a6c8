package com.example.ota;

import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.firmware.FirmwareTarget;
import io.otabridge.domain.firmware.FirmwareVersion;
import io.vavr.control.Either;
import io.vavr.control.Option;

/** Decides whether a device should be updated. An example of application code, which knows no vendor. */
public final class UpdateCheck {

    private final FirmwareQueryPort firmware;

    /** @param firmware of one backend, such as {@code ota.backend("prod").firmware()} */
    public UpdateCheck(FirmwareQueryPort firmware) {
        this.firmware = firmware;
    }

    /**
     * Returns the newest verified version of a module if the device has another one.
     *
     * @return absent if the device is up to date, or if the product has no verified package
     */
    public Either<OtaFailure, Option<FirmwareVersion>> updateFor(
            ProductId product, String module, FirmwareVersion installed) {
        FirmwareFilter verified = FirmwareFilter.all()
                .product(product)
                .target(FirmwareTarget.module(module))
                .verified();
        return firmware.newest(verified, FirmwareOrder.byCreation())
                .map(newest -> Option.some(newest.version()).filter(version -> !version.equals(installed)))
                .fold(
                        failure -> failure instanceof OtaFailure.NotFound
                                ? Either.right(Option.none())
                                : Either.left(failure),
                        Either::right);
    }
}
