package io.otabridge.simulators.fleet;

/**
 * The cloud that devices report to. The fleet calls it while no other thread uses the fleet, so methods must not wait;
 * they may call the fleet.
 */
public interface FleetCloud {

    /** A device connected. The cloud sends the notices that wait for it. */
    void connected(FleetDevice device);

    /**
     * A device works on an upgrade.
     *
     * @param percent 1 to 100. A device that reports 100 is not upgraded until it {@linkplain #reported reports} the new
     *     version
     */
    void progressed(FleetDevice device, UpgradeNotice notice, int percent);

    /** A device reports that an upgrade failed. */
    void failed(FleetDevice device, UpgradeNotice notice, DeviceFailure failure);

    /**
     * A device reports the version of a module, after an upgrade or after {@link Fleet#queryVersions}. It is already in
     * {@link FleetDevice#versions}.
     */
    void reported(FleetDevice device, String module, String version);
}
