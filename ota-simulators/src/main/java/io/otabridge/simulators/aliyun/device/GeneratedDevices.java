package io.otabridge.simulators.aliyun.device;

import io.otabridge.simulators.aliyun.store.GeneratedFirmware;
import io.otabridge.simulators.fleet.DeviceStatus;
import io.otabridge.simulators.fleet.FleetDevice;
import io.vavr.control.Option;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;

/**
 * Generated devices of one product, which take part in no upgrade. They are created when they are read, so that a
 * million of them needs no memory.
 */
public final class GeneratedDevices {

    public static final String PRODUCT = GeneratedFirmware.PRODUCT;

    private static final Instant FIRST_TIME = Instant.parse("2020-01-01T00:00:00Z");
    private static final String NAME = "device-";

    private GeneratedDevices() {}

    /** Returns a device by its number. */
    public static FleetDevice device(int number) {
        return new FleetDevice(
                PRODUCT,
                NAME + String.format("%07d", number),
                number % 10 == 9 ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE,
                Map.of("default", "1.0.0"));
    }

    /** Returns the number of the device with this name, if there are this many devices. */
    public static Option<Integer> number(String deviceName, int count) {
        return Option.when(deviceName.matches(NAME + "[0-9]{7}"), deviceName)
                .map(name -> Integer.parseInt(name.substring(NAME.length())))
                .filter(number -> number < count);
    }

    /** Returns all devices, newest first. */
    static List<AliyunDevice> list(int count) {
        return new AbstractList<>() {
            @Override
            public AliyunDevice get(int index) {
                int number = count - 1 - index;
                return AliyunDevice.of(device(number), FIRST_TIME.plusSeconds(number));
            }

            @Override
            public int size() {
                return count;
            }
        };
    }
}
