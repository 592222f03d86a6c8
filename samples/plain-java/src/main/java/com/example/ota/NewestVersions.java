package com.example.ota;

import io.otabridge.app.ConfigurationException;
import io.otabridge.app.OtaBridge;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareFilter;
import io.otabridge.domain.firmware.FirmwareOrder;
import io.otabridge.domain.firmware.FirmwareSummary;
import io.otabridge.domain.firmware.FirmwareTarget;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Lists the packages of a product's module on every backend, and the newest verified version of each.
 *
 * <p>Usage: {@code NewestVersions ota.yaml thermometer MCU}. The code is the same for every vendor.
 */
public final class NewestVersions {

    private NewestVersions() {}

    public static void main(String[] args) {
        if (args.length != 3) {
            System.err.println("usage: NewestVersions CONFIGURATION PRODUCT MODULE");
            System.exit(2);
        }
        try (OtaBridge ota = OtaBridge.load(Path.of(args[0]))) {
            boolean isComplete = print(ota, args[1], args[2], System.out);
            System.exit(isComplete ? 0 : 1);
        } catch (ConfigurationException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(2);
        }
    }

    /** Returns whether every backend responded. */
    static boolean print(OtaBridge ota, String product, String module, PrintStream out) {
        boolean isComplete = true;
        for (Backend backend : ota.backends()) {
            FirmwareFilter filter = FirmwareFilter.all()
                    .product(ota.products().resolve(product, backend.name()))
                    .target(FirmwareTarget.module(module));
            out.println(backend.name() + " (" + backend.vendor() + ")");
            isComplete &= backend.firmware()
                    .list(filter)
                    .forEach(found -> out.println("  " + describe(found)))
                    .peekLeft(failure -> report(failure, out))
                    .isRight();
            isComplete &= backend.firmware()
                    .newest(filter.verified(), FirmwareOrder.byCreation())
                    .peek(newest -> out.println("  newest: " + newest.version()))
                    .peekLeft(failure -> report(failure, out))
                    .isRight();
        }
        return isComplete;
    }

    private static String describe(FirmwareSummary firmware) {
        return firmware.id() + "  " + firmware.version()
                + firmware.description().map(text -> "  " + text).getOrElse("");
    }

    private static void report(OtaFailure failure, PrintStream out) {
        out.println("  " + failure.summary() + ". " + failure.advice());
    }
}
