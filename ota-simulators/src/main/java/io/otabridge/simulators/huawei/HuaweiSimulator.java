package io.otabridge.simulators.huawei;

import io.otabridge.simulators.fleet.Fleet;
import io.otabridge.simulators.fleet.FleetOptions;
import io.otabridge.simulators.fleet.UpgradeNotice;
import io.otabridge.simulators.huawei.device.HuaweiDevice;
import io.otabridge.simulators.huawei.device.HuaweiDevices;
import io.otabridge.simulators.huawei.job.HuaweiJob;
import io.otabridge.simulators.huawei.job.HuaweiJobs;
import io.otabridge.simulators.huawei.store.GeneratedPackages;
import io.otabridge.simulators.huawei.store.HuaweiDeviceGroup;
import io.otabridge.simulators.huawei.store.HuaweiModule;
import io.otabridge.simulators.huawei.store.HuaweiPackage;
import io.otabridge.simulators.huawei.store.HuaweiProduct;
import io.otabridge.simulators.huawei.store.HuaweiStore;
import io.otabridge.simulators.huawei.store.PackageIndexKey;
import io.otabridge.simulators.objectstore.ObsCredentials;
import io.otabridge.simulators.objectstore.ObsSimulator;
import io.otabridge.simulators.objectstore.StoredObject;
import io.otabridge.simulators.server.LoopbackServer;
import io.vavr.control.Option;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Simulates Huawei Cloud IoTDA on a loopback port, for tests and demonstrations. It implements the operations of the
 * application-side API v5 on OTA modules, OTA packages, devices and batch tasks that upgrade them, with the object store
 * for their files, the lists of products and device groups, and IAM tokens for a user with a password. Simulated devices
 * take part in upgrades, see {@link #fleet}. It verifies plain and derived signatures, so that an SDK or adapter that it accepts signs as the router
 * requires.
 *
 * <p>The initial data is the same at every start: the documented examples, which have no files, and invented products,
 * whose files are generated. Each simulator is a separate account with the credentials below, which are valid nowhere else. Safe for use by multiple threads.
 */
public final class HuaweiSimulator implements AutoCloseable {

    /** The id of the documented module MCU of product {@code 5ba24f5ebbe8f56f5a14f605}. */
    public static final String DOCUMENTED_MODULE = "28f61af50fc9452aa0ed5ea25c3cc3d3";

    /** The id of the documented package, version V2.0 of the same product. */
    public static final String DOCUMENTED_PACKAGE = "28f61af50fc9452aa0ed5ea25c3cc3d3";

    /** The id of the documented device, of the same product. */
    public static final String DOCUMENTED_DEVICE = "d4922d8a-6c8e-4396-852c-164aefa6638f";

    /** The id of the documented batch task, which upgraded another device of the product with the package. */
    public static final String DOCUMENTED_JOB = "5c8ba99030344005c02316ad";

    /** The id of a batch task that waits for a device that is offline. */
    public static final String RUNNING_JOB = "68b0000000000000000000a3";

    /**
     * The id of a product that exists in the Alibaba simulator under another id, with a module {@code MCU} in both.
     */
    public static final String SHARED_PRODUCT = "63e48a2f1c7d4b05a9f3e6d8";

    /** The id of the package for the module {@code MCU} of {@link #SHARED_PRODUCT}. */
    public static final String SHARED_PRODUCT_PACKAGE = "7d4e1b2c9a8f40d3b6a5c4e3f2d1a0b9";

    static final String REGION = HuaweiPackage.REGION;
    static final String PROJECT_ID = "04ed32dc1b0025b52fe3c01a27c2b0a8";
    static final String INSTANCE_ID = "1a7ffc5c-d89c-44dd-8265-b1653d951ce0";
    static final String APP_ID = HuaweiPackage.APP_ID;

    private static final HuaweiAccount ACCOUNT = new HuaweiAccount(
            "HPUAFAKE0SIMULATOR00",
            "FakeSecretOfTheHuaweiSimulator0123456789",
            "gQpjbi1ub3J0aC00FakeSecurityTokenOfTheHuaweiSimulator+/==",
            "MIIFakeIamTokenOfTheHuaweiSimulator-" + "0123456789abcdef".repeat(128),
            REGION);

    private static final HuaweiIam.User USER =
            new HuaweiIam.User("ota-reader", "FakePassword!OfTheHuaweiSimulator", "ota-simulator");

    /** The maximum size of a request body in bytes, as documented. */
    private static final int MAX_BODY = 12 * 1024 * 1024;

    private final HuaweiStore<Option<String>, HuaweiModule> modules =
            new HuaweiStore<>(HuaweiModule::moduleId, module -> Set.of(Option.none(), Option.some(module.productId())));
    private final HuaweiStore<PackageIndexKey, HuaweiPackage> packages =
            new HuaweiStore<>(HuaweiPackage::packageId, PackageIndexKey::all);
    private final HuaweiStore<Option<String>, HuaweiProduct> products =
            new HuaweiStore<>(HuaweiProduct::productId, product -> Set.of(Option.none(), Option.some(product.name())));
    private final HuaweiStore<Option<String>, HuaweiDeviceGroup> deviceGroups =
            new HuaweiStore<>(HuaweiDeviceGroup::groupId, group -> Set.of(Option.none(), Option.some(group.name())));
    private final HuaweiDevices devices = new HuaweiDevices();
    private final ObsSimulator objects;
    private final HuaweiJobs jobs;
    private final HuaweiIam iam;
    private final HuaweiAuthenticator authenticator;
    private final HuaweiRouter router;
    private final LoopbackServer server;

    private HuaweiSimulator(int port, int objectStorePort, Clock clock, FleetOptions options) {
        HuaweiFixtures.fillProducts(products::put, deviceGroups::put);
        iam = new HuaweiIam(USER, clock);
        authenticator = new HuaweiAuthenticator(ACCOUNT, iam, clock);
        objects = ObsSimulator.start(
                objectStorePort,
                new ObsCredentials(ACCOUNT.accessKey(), ACCOUNT.secretKey(), ACCOUNT.securityToken()),
                REGION,
                clock);
        objects.generate(HuaweiFixtures.fill(objects.bucket(), modules::put, packages::put));
        jobs = new HuaweiJobs(options, clock, devices, this::file);
        HuaweiFleetFixtures.fill(packages.all(), deviceGroups.all(), jobs, devices.store()::put);
        HuaweiFleetFixtures.generate(jobs.fleet(), devices.store()::put);
        router = new HuaweiRouter(
                authenticator, iam, modules, packages, products, deviceGroups, objects, devices, jobs, clock);
        try {
            server = LoopbackServer.start(port, MAX_BODY, router);
        } catch (UncheckedIOException portTaken) {
            jobs.fleet().close();
            objects.close();
            throw portTaken;
        }
    }

    /** The type of endpoint that is simulated, which determines the accepted signatures. */
    public enum Edition {
        /** The shared endpoint of a region. Accepts plain and derived signatures. */
        BASIC,
        /** The endpoint of a standard or enterprise instance. Accepts derived signatures only. */
        OWN_INSTANCE,
        /** A shared endpoint that accepts plain signatures only. */
        BASIC_PLAIN_ONLY,
        /**
         * The shared endpoint for a user with another edition. Accepts signatures but rejects the user as not
         * subscribed.
         */
        NOT_SUBSCRIBED
    }

    /** How a platform names the package of a batch task. */
    public enum DocumentForm {
        /** Accepts {@code package_id} and {@code package_ids}. */
        BOTH,
        /** As platforms without modules: accepts {@code package_id}, and no {@code moduleUpgrade}. */
        PACKAGE_ID,
        /** Accepts {@code package_ids}. */
        PACKAGE_IDS
    }

    /** Starts a simulator on a free port. */
    public static HuaweiSimulator start() {
        return start(0);
    }

    /**
     * Starts a simulator on this port.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static HuaweiSimulator start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * Starts a simulator that checks the age of signatures and tokens by this clock.
     *
     * @param port the port, 0 for any free port
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static HuaweiSimulator start(int port, Clock clock) {
        return start(port, 0, clock);
    }

    /**
     * Starts a simulator with its object store on another port.
     *
     * @param port the port, 0 for any free port
     * @param objectStorePort the port of the object store, 0 for any free port
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public static HuaweiSimulator start(int port, int objectStorePort, Clock clock) {
        return start(port, objectStorePort, clock, FleetOptions.FOR_TESTS);
    }

    /**
     * Starts a simulator with a fleet of devices.
     *
     * @param port the port, 0 for any free port
     * @param objectStorePort the port of the object store, 0 for any free port
     * @param options the additional devices, which are of {@link #SHARED_PRODUCT}, and how all devices behave
     * @throws java.io.UncheckedIOException if a port is taken
     */
    public static HuaweiSimulator start(int port, int objectStorePort, Clock clock, FleetOptions options) {
        return new HuaweiSimulator(port, objectStorePort, clock, options);
    }

    private UpgradeNotice.File file(HuaweiPackage firmware) {
        HuaweiPackage.ObsLocation location = firmware.obsLocation();
        long size = objects.find(location.bucketName(), location.objectKey())
                .map(StoredObject::size)
                .getOrElse(0L);
        return new UpgradeNotice.File(
                objects.link(location.bucketName(), location.objectKey()), size, "SHA-256", location.sign());
    }

    /** Returns the endpoint to configure, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Returns the object store of the same account, with the bucket to configure. */
    public ObsSimulator objectStore() {
        return objects;
    }

    /** Returns the access key to configure. */
    public String accessKey() {
        return ACCOUNT.accessKey();
    }

    /** Returns the secret key to configure. */
    public String secretKey() {
        return ACCOUNT.secretKey();
    }

    /** Returns the security token that requests need while {@link #requireSecurityToken} is on. */
    public String securityToken() {
        return ACCOUNT.securityToken();
    }

    /** Returns a valid IAM token, for requests with {@code X-Auth-Token} in place of a signature. */
    public String token() {
        return ACCOUNT.token();
    }

    /**
     * Returns the name of the only IAM user, who can obtain tokens at {@code /v3/auth/tokens} of the same endpoint.
     */
    public String userName() {
        return USER.name();
    }

    /** Returns the password of the user. */
    public String password() {
        return USER.password();
    }

    /** Returns the account name of the user, which the API calls domain. */
    public String accountName() {
        return USER.accountName();
    }

    /** Sets the lifetime of tokens issued from now on. The default is 24 hours. */
    public void issueTokensFor(Duration lifetime) {
        iam.setLifetime(lifetime);
    }

    /** Revokes all tokens issued so far. {@link #token} stays valid. */
    public void revokeIssuedTokens() {
        iam.revokeAll();
    }

    /** Returns the number of tokens issued so far. */
    public long issuedTokenCount() {
        return iam.issued();
    }

    /** Returns the region to configure. Derived signatures must contain it. */
    public String region() {
        return REGION;
    }

    /** Returns the project id to configure. Any other is rejected. */
    public String projectId() {
        return PROJECT_ID;
    }

    /** Returns the instance id to configure. It is optional, but any other is rejected. */
    public String instanceId() {
        return INSTANCE_ID;
    }

    /** Returns the id of the only resource space. */
    public String appId() {
        return APP_ID;
    }

    /** Sets the simulated edition. The default is {@link Edition#BASIC}. */
    public void play(Edition edition) {
        authenticator.rejectPlain(edition == Edition.OWN_INSTANCE);
        authenticator.rejectDerived(edition == Edition.BASIC_PLAIN_ONLY);
        router.subscribe(edition != Edition.NOT_SUBSCRIBED);
    }

    /**
     * Sets whether lists of packages require a resource space, as if the account had several. The default is false.
     */
    public void requireSpace(boolean required) {
        router.requireSpace(required);
    }

    /** Sets whether the user has permission for modules. The default is true. */
    public void permitModules(boolean permitted) {
        router.permit("module", permitted);
    }

    /** Sets whether the user has permission for packages. The default is true. */
    public void permitPackages(boolean permitted) {
        router.permit("package", permitted);
    }

    /** Sets whether the user has permission for products and device groups. The default is true. */
    public void permitProducts(boolean permitted) {
        router.permit("product", permitted);
        router.permit("device-group", permitted);
    }

    /** Sets whether the user has permission for devices. The default is true. */
    public void permitDevices(boolean permitted) {
        router.permit("device", permitted);
        router.permit("query-device", permitted);
    }

    /** Sets whether the user has permission for batch tasks. The default is true. */
    public void permitJobs(boolean permitted) {
        router.permit("batchtask", permitted);
    }

    /** Sets whether searches for devices are supported. The default is true; the basic edition does not support them. */
    public void supportSearch(boolean supported) {
        router.devices().supportSearch(supported);
    }

    /** Throttles all searches for devices after this number of searches. They are not limited by default. */
    public void limitSearches(int count) {
        router.devices().limitSearches(count);
    }

    /** Sets how batch tasks name their package. The default is {@link DocumentForm#BOTH}. */
    public void accept(DocumentForm form) {
        router.jobs().accept(form);
    }

    /**
     * Sets whether batch tasks that upgrade modules can be stopped and retried. The default is false: the documents name
     * firmware and software only.
     */
    public void stopModuleUpgrades(boolean stopped) {
        router.jobs().stopModuleUpgrades(stopped);
    }

    /** Sets whether {@link #token} has expired. The default is false. */
    public void expireToken(boolean expired) {
        authenticator.expireToken(expired);
    }

    /** Sets whether all requests are throttled. The default is false. */
    public void throttle(boolean throttled) {
        router.throttle(throttled);
    }

    /**
     * Sets whether the keys are temporary, so that every signature needs {@link #securityToken}. By default they are
     * permanent, and a security token is rejected.
     */
    public void requireSecurityToken(boolean required) {
        authenticator.requireSecurityToken(required);
        objects.requireSecurityToken(required);
    }

    /** Returns the number of requests received so far, rejected ones included. */
    public long requestCount() {
        return server.requestCount();
    }

    /** Adds a module, or replaces the one with the same id. Lists start with the newest. */
    public void addModule(HuaweiModule module) {
        modules.put(module);
    }

    /** Removes a module. Returns whether it existed. */
    public boolean removeModule(String moduleId) {
        return modules.remove(moduleId);
    }

    /** Returns the module with this id. */
    public Option<HuaweiModule> findModule(String moduleId) {
        return modules.find(moduleId);
    }

    /** Returns all modules, newest first. */
    public List<HuaweiModule> modules() {
        return modules.all();
    }

    /** Adds a package, or replaces the one with the same id. Lists start with the newest. */
    public void addPackage(HuaweiPackage added) {
        packages.put(added);
    }

    /** Removes a package. Returns whether it existed. */
    public boolean removePackage(String packageId) {
        return packages.remove(packageId);
    }

    /** Returns the package with this id. */
    public Option<HuaweiPackage> findPackage(String packageId) {
        return packages.find(packageId);
    }

    /** Returns all packages except generated ones, newest first. */
    public List<HuaweiPackage> packages() {
        return packages.all();
    }

    /** Adds a product, or replaces the one with the same id. Lists start with the newest. */
    public void addProduct(HuaweiProduct product) {
        products.put(product);
    }

    /** Returns all products, newest first. */
    public List<HuaweiProduct> products() {
        return products.all();
    }

    /** Adds a device group, or replaces the one with the same id. Lists start with the newest. */
    public void addDeviceGroup(HuaweiDeviceGroup group) {
        deviceGroups.put(group);
    }

    /** Returns all device groups, newest first. */
    public List<HuaweiDeviceGroup> deviceGroups() {
        return deviceGroups.all();
    }

    /** Returns the simulated devices. Tests let their time pass, and decide what they do. */
    public Fleet fleet() {
        return jobs.fleet();
    }

    /** Adds a device, or replaces the one with the same id. Lists start with the newest. */
    public void addDevice(HuaweiDevice device) {
        devices.store().put(device);
    }

    /** Removes a device. Its unfinished tasks are removed, too. Returns whether it existed. */
    public boolean removeDevice(String deviceId) {
        return jobs.removeDevice(deviceId);
    }

    /** Returns the device with this id. */
    public Option<HuaweiDevice> findDevice(String deviceId) {
        return devices.find(deviceId);
    }

    /** Returns all devices, newest first. */
    public List<HuaweiDevice> devices() {
        return devices.store().all();
    }

    /** Returns the batch task with this id. Its members are stable while no time passes and no request is sent. */
    public Option<HuaweiJob> findJob(String taskId) {
        return jobs.store().find(taskId);
    }

    /** Returns all batch tasks, newest first. */
    public List<HuaweiJob> jobs() {
        return jobs.store().all();
    }

    /**
     * Adds a batch task that ended, with this number of tasks, of which 1 % failed. They are created when they are read,
     * so that a million of them needs no memory; their devices do not exist.
     *
     * @return the id of the batch task
     */
    public String generateJob(String packageId, int taskCount) {
        return jobs.generate(packages.find(packageId).get(), taskCount).id();
    }

    /**
     * Adds this number of generated firmware packages to a product, in versions {@code 0.0.1} and up, oldest first.
     * They and their files are created when they are read, so that millions of them need no memory. They can be listed,
     * shown, downloaded and deleted like others.
     */
    public void generatePackages(String productId, int count) {
        packages.add(first -> {
            GeneratedPackages added = new GeneratedPackages(
                    productId, objects.bucket(), new HuaweiStore.Numbers(first, first + count - 1));
            objects.generate(added::fileAt);
            return added;
        });
    }

    /**
     * Executes the next change and then closes the connection without a response. Reads and rejected requests before
     * it get a response.
     */
    public void loseNextResponse() {
        server.loseNextResponse();
    }

    /** Runs this action once, before the next package or batch task is created. The action may create the same. */
    public void beforeNextCreation(Runnable action) {
        server.beforeNext(
                call -> call.method().equals("POST") && call.rawPath().matches(".*/(packages|batchtasks)"), action);
    }

    /** Runs this action once, before the next request to stop, retry or confirm tasks is handled. */
    public void beforeNextTaskChange(Runnable action) {
        server.beforeNext(call -> call.rawPath().matches(".*/batchtasks/[^/]+/(stop|retry|confirm)"), action);
    }

    /** Runs this action once, before the next deletion is handled. The action may delete the same item. */
    public void beforeNextDeletion(Runnable action) {
        server.beforeNext(call -> call.method().equals("DELETE"), action);
    }

    /** Stops the server and the object store immediately. */
    @Override
    public void close() {
        server.close();
        jobs.fleet().close();
        objects.close();
    }
}
