package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.aliyun.device.AliyunDevices;
import io.otabridge.simulators.aliyun.operation.Parameters;
import io.otabridge.simulators.aliyun.operation.SimulatedOperation;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.fleet.Timeline;
import io.otabridge.simulators.objectstore.OssSimulator;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;

/** The devices, jobs and tasks of a simulator. Safe for use by multiple threads. */
public final class AliyunJobs implements AutoCloseable {

    private final Timeline time;
    private final AliyunStore packages;
    private final JobStore store;
    private final JobEngine engine;
    private final DeviceLists lists;
    private final List<SimulatedOperation> operations;

    /**
     * Creates a simulator without devices and jobs.
     *
     * @param isTuya whether to do what Tuya documents
     */
    public AliyunJobs(boolean isTuya, AliyunStore packages, OssSimulator objects, Clock clock, FleetOptions options) {
        this.packages = packages;
        time = new Timeline(clock);
        store = new JobStore(isTuya);
        engine = new JobEngine(options, time, store, new JobPackages(packages, objects));
        lists = new DeviceLists(objects, clock);
        operations = new JobOperations(isTuya, packages, store, engine, lists)
                .all().stream().map(this::synchronize).toList();
    }

    private SimulatedOperation synchronize(SimulatedOperation operation) {
        return new SimulatedOperation(
                operation.name(), operation.isPostOnly(), operation.mandatory(), operation.isChange(), call -> {
                    synchronized (time) {
                        return operation.handler().apply(call);
                    }
                });
    }

    /** Returns the operations that query devices, and those for jobs and tasks. */
    public List<SimulatedOperation> operations() {
        return operations;
    }

    /** Returns the simulated devices. */
    public Fleet fleet() {
        return engine.fleet();
    }

    /** Returns the devices as the operations return them. */
    public AliyunDevices devices() {
        return engine.devices();
    }

    /** Adds the initial devices and jobs, and the devices of the options to a product. */
    public void fill(String product) {
        synchronized (time) {
            new JobFixtures(packages, store, fleet()).fill();
            fleet().generate(product, "thermo-", "MCU", List.of("3.2.0", "3.2.0", "3.2.0", "3.2.1"));
        }
    }

    /** Returns the ids of all jobs, newest first. */
    public List<String> ids() {
        synchronized (time) {
            return store.jobs(job -> true).stream().map(AliyunJob::id).toList();
        }
    }

    /** Sets the maximum number of names in an uploaded list. The default is 10,000. */
    public void limitDeviceLists(int names) {
        lists.limit(names);
    }

    /**
     * Adds a job of a package with this number of tasks, for generated devices.
     *
     * @return the id of the job
     */
    public String generate(AliyunFirmware firmware, int tasks) {
        synchronized (time) {
            devices().generate(tasks);
            JobOrder order = new JobOrder(JobType.STATIC, firmware, new Parameters(new TreeMap<>()));
            GeneratedJob job = new GeneratedJob(store.newId("job"), order, time.now(), tasks);
            store.put(job);
            return job.id();
        }
    }

    @Override
    public void close() {
        engine.fleet().close();
    }
}
