package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.aliyun.job.AliyunJobs;
import io.otabridge.simulators.aliyun.store.AliyunDeviceGroup;
import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunModule;
import io.otabridge.simulators.aliyun.store.AliyunProduct;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.aliyun.store.GeneratedFirmware;
import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetDevice;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.objectstore.OssSimulator;
import io.otabridge.simulators.server.LoopbackServer;
import io.vavr.control.Option;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * Simulates Alibaba Cloud IoT Platform on a loopback port, for tests and demonstrations. It implements the operations
 * of API version 2018-01-20 that query, list, create, modify and delete OTA packages, with the object store for their
 * files, that list, create, update and delete OTA modules, that query devices, that create, list, change and cancel upgrade jobs, and that list products and static device groups, over HTTP in JSON and XML, with the documented rules. It verifies signatures of version 1 and 3, so that an
 * SDK or adapter that it accepts signs as the router requires.
 *
 * <p>The initial data is the same at every start: the documented examples, which have no files, and invented products,
 * whose files are generated unless they are larger than 2 GiB. Each simulator is a separate account with the credentials below, which are valid nowhere else. Safe for use by multiple threads.
 */
public final class AliyunSimulator implements AutoCloseable {

    /** The id of the documented package, with one file. */
    public static final String DOCUMENTED_FIRMWARE = "UfuxnwygsuSkVE0VCN****0100";

    /** The id of a package like the documented one, with two files. */
    public static final String MULTI_FILE_FIRMWARE = "UfuxnwygsuSkVE0VCN****0200";

    /** The id of a package like the documented one, a delta from version 1.0.0. */
    public static final String DELTA_FIRMWARE = "UfuxnwygsuSkVE0VCN****0300";

    /**
     * The key of a product that exists in the Huawei simulator under another id, with a module {@code MCU} in both.
     */
    public static final String SHARED_PRODUCT = "a1k9ThermoPlus";

    /** The id of the package for the module {@code MCU} of {@link #SHARED_PRODUCT}. */
    public static final String SHARED_PRODUCT_FIRMWARE = "a1k9ThermoPlusMcu3210100";

    /** The id of a package in a simulated Tuya deployment. */
    public static final String TUYA_FIRMWARE = "167";

    /** The key of the product of {@link #TUYA_FIRMWARE}, with a module {@code ble}. */
    public static final String TUYA_PRODUCT = "k4in4Ke****";

    /** The key of the product of {@link #generateFirmware}. */
    public static final String GENERATED_PRODUCT = GeneratedFirmware.PRODUCT;

    static final String INSTANCE_ID = "iot-cn-0pp1n8t0sim";

    private static final AliyunAccount ACCOUNT = new AliyunAccount(
            "LTAI5tFakeSimulatorKey00",
            "FakeSecretOfAliyunSimulator001",
            "CAISFakeSecurityTokenOfTheAliyunSimulator0123456789+/==");

    /** The maximum size of a request body in bytes. */
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private static final AliyunAccount TUYA_ACCOUNT =
            new AliyunAccount("TuyaFakeSimulatorKey0001", "FakeSecretOfTuyaSimulator00001", "");

    private final AliyunAccount account;
    private final OssSimulator objects;
    private final AliyunStore store;
    private final AliyunJobs jobs;
    private final AliyunAuthenticator authenticator;
    private final AliyunRouter router;
    private final LoopbackServer server;

    private AliyunSimulator(
            SimulatedDialect dialect, AliyunAccount account, int port, Clock clock, FleetOptions options) {
        this.account = account;
        authenticator = new AliyunAuthenticator(dialect, account, clock);
        objects = OssSimulator.start(clock);
        store = new AliyunStore(objects::url);
        objects.generate(store::generatedFile);
        jobs = new AliyunJobs(dialect == SimulatedDialect.TUYA, store, objects, clock, options);
        router = new AliyunRouter(dialect, authenticator, store, objects, jobs, clock);
        try {
            server = LoopbackServer.start(port, MAX_BODY, router);
        } catch (UncheckedIOException portTaken) {
            jobs.close();
            objects.close();
            throw portTaken;
        }
    }

    /** Starts a simulator on a free port. */
    public static AliyunSimulator start() {
        return start(0);
    }

    /**
     * Starts a simulator on this port.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * Starts a simulator that checks the age of signatures by this clock.
     *
     * @param port the port, 0 for any free port
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator start(int port, Clock clock) {
        return start(port, clock, FleetOptions.FOR_TESTS);
    }

    /**
     * Starts a simulator that checks the age of signatures by this clock. The time of devices and jobs is that of the
     * clock, until it is advanced, see {@link #fleet}.
     *
     * @param port the port, 0 for any free port
     * @param options the devices beyond the initial data, and how devices behave
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator start(int port, Clock clock, FleetOptions options) {
        AliyunSimulator simulator = new AliyunSimulator(SimulatedDialect.ALIBABA, ACCOUNT, port, clock, options);
        AliyunFixtures.fill(simulator.store, simulator.objects);
        simulator.jobs.fill(SHARED_PRODUCT);
        return simulator;
    }

    /** Starts a simulator of a private Tuya deployment on a free port. */
    public static AliyunSimulator startTuya() {
        return startTuya(0, Clock.systemUTC());
    }

    /**
     * Starts a simulator of a private Tuya deployment. Tuya uses signature version 1 and JSON in lower camel case. It
     * rejects optional common parameters and instance ids. It has no region, instance or security token, and different
     * initial data.
     *
     * @param port the port, 0 for any free port
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator startTuya(int port, Clock clock) {
        return startTuya(port, clock, FleetOptions.FOR_TESTS);
    }

    /**
     * Starts a simulator of a private Tuya deployment with these devices.
     *
     * @param port the port, 0 for any free port
     * @param options the devices beyond the initial data, and how devices behave
     */
    public static AliyunSimulator startTuya(int port, Clock clock, FleetOptions options) {
        AliyunSimulator simulator = new AliyunSimulator(SimulatedDialect.TUYA, TUYA_ACCOUNT, port, clock, options);
        TuyaFixtures.fill(simulator.store, simulator.objects);
        simulator.jobs.fill(SHARED_PRODUCT);
        return simulator;
    }

    /** Returns the endpoint to configure, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Returns the object store that receives uploads and serves downloads. */
    public OssSimulator objectStore() {
        return objects;
    }

    /** Returns the AccessKey id to configure. */
    public String accessKey() {
        return account.accessKey();
    }

    /** Returns the AccessKey secret to configure. */
    public String secretKey() {
        return account.secretKey();
    }

    /** Returns the security token that requests need while {@link #requireSecurityToken} is on. */
    public String securityToken() {
        return account.securityToken();
    }

    /** Returns the region to configure. */
    public String region() {
        return "cn-shanghai";
    }

    /** Returns the instance id to configure while {@link #requireInstance} is on. */
    public String instanceId() {
        return INSTANCE_ID;
    }

    /**
     * Sets whether requests must contain {@link #instanceId}, as for enterprise and new public instances (the
     * default), or must not contain an instance id, as for old public instances.
     */
    public void requireInstance(boolean required) {
        router.requireInstance(required);
    }

    /**
     * Sets whether the keys are temporary, so that every request needs {@link #securityToken}. By default they are
     * permanent, and a security token is rejected.
     */
    public void requireSecurityToken(boolean required) {
        authenticator.requireSecurityToken(required);
    }

    /** Sets whether {@link #securityToken} has expired. The default is false. */
    public void expireSecurityToken(boolean expired) {
        authenticator.expireSecurityToken(expired);
    }

    /** Sets whether the user has the required permissions. The default is true. */
    public void permit(boolean permitted) {
        router.permit(permitted);
    }

    /** Sets whether all requests are throttled. The default is false. */
    public void throttle(boolean throttled) {
        router.throttle(throttled);
    }

    /** Returns the number of requests received so far, rejected ones included. */
    public long requestCount() {
        return server.requestCount();
    }

    /** Runs this action once, before the next package is created. The action may create the same package. */
    public void beforeNextCreation(Runnable action) {
        server.beforeNext(call -> AliyunRequest.of(call).action().contains("CreateOTAFirmware"), action);
    }

    /** Runs this action once, before the next job is created. The action may create a job. */
    public void beforeNextJobCreation(Runnable action) {
        server.beforeNext(
                call -> AliyunRequest.of(call).action().exists(name -> name.matches("CreateOTA(\\w+)Job")), action);
    }

    /** Runs this action once, before the next request to cancel, confirm or repeat tasks is handled. */
    public void beforeNextTaskChange(Runnable action) {
        server.beforeNext(
                call -> AliyunRequest.of(call)
                        .action()
                        .exists(name -> name.matches("(Cancel|Confirm|Reupgrade)OTA\\w+")),
                action);
    }

    /** Executes the next change and then closes the connection without a response. */
    public void loseNextResponse() {
        server.loseNextResponse();
    }

    /** Runs this action once, before the next deletion is handled. The action may delete the same item. */
    public void beforeNextDeletion(Runnable action) {
        server.beforeNext(call -> AliyunRequest.of(call).action().exists(name -> name.startsWith("Delete")), action);
    }

    /** Adds a product, or replaces the one with the same key, whose modules are kept. Lists start with the newest. */
    public void addProduct(AliyunProduct product) {
        store.put(product);
    }

    /** Returns all products, newest first. */
    public List<AliyunProduct> products() {
        return store.products();
    }

    /** Adds a device group, or replaces the one with the same id. Lists start with the newest. */
    public void addDeviceGroup(AliyunDeviceGroup group) {
        store.put(group);
    }

    /** Returns all device groups, newest first. */
    public List<AliyunDeviceGroup> deviceGroups() {
        return store.deviceGroups();
    }

    /** Adds a product without modules, with its key as name. Does nothing if it exists. */
    public void addProduct(String productKey) {
        store.addProduct(productKey);
    }

    /**
     * Adds a module and its product, or replaces the module of the same product and name. Names are not
     * case-sensitive.
     */
    public void addModule(AliyunModule module) {
        store.put(module);
    }

    /** Removes a module, but not its product. Returns whether the module existed. */
    public boolean removeModule(String productKey, String moduleName) {
        return store.removeModule(productKey, moduleName);
    }

    /** Returns the modules of a product in the order in which they were added; empty for an unknown product. */
    public List<AliyunModule> modules(String productKey) {
        return store.modules(productKey);
    }

    /** Adds a package, or replaces the one with the same id. */
    public void addFirmware(AliyunFirmware added) {
        store.put(added);
    }

    /**
     * Sets the number of generated packages of the product {@link #GENERATED_PRODUCT}, in versions 1.0.0, 1.0.1 and so
     * on. They and their files are created when they are read, so that a million of them needs no memory. Lists return
     * them after all other packages.
     */
    public void generateFirmware(int count) {
        store.generate(count);
    }

    /** Removes a package. Returns whether it existed. */
    public boolean removeFirmware(String firmwareId) {
        return store.removeFirmware(firmwareId);
    }

    /** Returns the package with this id. */
    public Option<AliyunFirmware> findFirmware(String firmwareId) {
        return store.findFirmware(firmwareId);
    }

    /** Returns all packages, sorted by id, followed by the generated ones. */
    public List<AliyunFirmware> firmware() {
        return store.firmware(Option.none(), Option.none());
    }

    /** Returns the devices. Their time, and that of jobs, advances with {@link Fleet#advance}. */
    public Fleet fleet() {
        return jobs.fleet();
    }

    /** Adds a device to a device group. */
    public void addToDeviceGroup(String groupId, FleetDevice device) {
        jobs.devices().addToGroup(groupId, device);
    }

    /** Returns the ids of all jobs, newest first. */
    public List<String> jobs() {
        return jobs.ids();
    }

    /**
     * Adds a job in progress with this number of tasks, for {@linkplain #generateFirmware a generated package} and
     * generated devices of {@link #GENERATED_PRODUCT}. They are created when they are read, and never change. Replaces the
     * generated devices.
     *
     * @return the id of the job
     */
    public String generateJob(int tasks) {
        if (store.firmware(Option.some(GENERATED_PRODUCT), Option.none()).isEmpty()) {
            store.generate(1);
        }
        return jobs.generate(
                store.firmware(Option.some(GENERATED_PRODUCT), Option.none()).get(0), tasks);
    }

    /** Sets the maximum number of names in an uploaded device list. The default is 10,000. */
    public void limitDeviceLists(int names) {
        jobs.limitDeviceLists(names);
    }

    /** Sets whether "ListOTAModuleVersionsByDevice" responds with the lower-case envelope of a documented example. */
    public void useLowerCaseEnvelopes(boolean lowerCase) {
        router.useLowerCaseEnvelopes(lowerCase);
    }

    /** Stops the server, the devices and the object store immediately. */
    @Override
    public void close() {
        server.close();
        jobs.close();
        objects.close();
    }
}
