package io.otabridge.simulators.fleet;

import java.util.ArrayList;
import java.util.List;

/** Records what devices report, in words. */
final class RecordingCloud implements FleetCloud {

    final List<String> reports = new ArrayList<>();

    @Override
    public void connected(FleetDevice device) {
        reports.add(device.id() + " connected");
    }

    @Override
    public void progressed(FleetDevice device, UpgradeNotice notice, int percent) {
        reports.add(device.id() + " " + percent + "%");
    }

    @Override
    public void failed(FleetDevice device, UpgradeNotice notice, DeviceFailure failure) {
        reports.add(device.id() + " " + failure);
    }

    @Override
    public void reported(FleetDevice device, String module, String version) {
        reports.add(device.id() + " has " + module + " " + version);
    }
}
