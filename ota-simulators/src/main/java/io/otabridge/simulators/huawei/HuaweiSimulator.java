package io.otabridge.simulators.huawei;

import io.otabridge.simulators.server.LoopbackServer;
import io.vavr.control.Option;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Huawei Cloud IoTDA on this machine, for tests and for trying things out: every operation on OTA modules, and all on OTA
 * packages but their creation, of the application-side API v5, over HTTP, and IAM's tokens for a user with a password. It checks signatures for real, plain and derived, so an SDK or adapter that it accepts signs as the service demands. It starts with the vendor's documented examples and
 * a catalogue of invented products, the same at every start; add and remove as you need. Every simulator is an account
 * of its own with the credentials below, which open nothing else. Safe for many threads.
 */
public final class HuaweiSimulator implements AutoCloseable {

    /** The module of the vendor's documentation, called MCU, of product {@code 5ba24f5ebbe8f56f5a14f605}. */
    public static final String DOCUMENTED_MODULE = "28f61af50fc9452aa0ed5ea25c3cc3d3";

    /** The package of the vendor's documentation, version V2.0 of the same product. */
    public static final String DOCUMENTED_PACKAGE = "28f61af50fc9452aa0ed5ea25c3cc3d3";

    /** A product that the Alibaba simulator knows under the same id, with a module {@code MCU} in both. */
    public static final String SHARED_PRODUCT = "a1k9ThermoPlus";

    /** The package for the module {@code MCU} of {@link #SHARED_PRODUCT}. */
    public static final String SHARED_PRODUCT_PACKAGE = "7d4e1b2c9a8f40d3b6a5c4e3f2d1a0b9";

    static final String REGION = "cn-north-4";
    static final String PROJECT_ID = "04ed32dc1b0025b52fe3c01a27c2b0a8";
    static final String INSTANCE_ID = "1a7ffc5c-d89c-44dd-8265-b1653d951ce0";
    static final String APP_ID = "61f7e74d036aca5be29e1ed4";

    private static final HuaweiAccount ACCOUNT = new HuaweiAccount(
            "HPUAFAKE0SIMULATOR00",
            "FakeSecretOfTheHuaweiSimulator0123456789",
            "gQpjbi1ub3J0aC00FakeSecurityTokenOfTheHuaweiSimulator+/==",
            "MIIFakeIamTokenOfTheHuaweiSimulator-" + "0123456789abcdef".repeat(128),
            REGION);

    private static final HuaweiIam.User USER =
            new HuaweiIam.User("ota-reader", "FakePassword!OfTheHuaweiSimulator", "ota-simulator");

    /** The vendor reads bodies up to this size. */
    private static final int MAX_BODY = 12 * 1024 * 1024;

    private final HuaweiStore<Option<String>, HuaweiModule> modules =
            new HuaweiStore<>(HuaweiModule::moduleId, module -> Set.of(Option.none(), Option.some(module.productId())));
    private final HuaweiStore<PackageIndexKey, HuaweiPackage> packages =
            new HuaweiStore<>(HuaweiPackage::packageId, PackageIndexKey::all);
    private final HuaweiIam iam;
    private final HuaweiAuthenticator gate;
    private final HuaweiRouter service;
    private final LoopbackServer server;

    private HuaweiSimulator(int port, Clock clock) {
        HuaweiFixtures.fill(modules::put, packages::put);
        iam = new HuaweiIam(USER, clock);
        gate = new HuaweiAuthenticator(ACCOUNT, iam, clock);
        service = new HuaweiRouter(gate, iam, modules, packages, clock);
        server = LoopbackServer.start(port, MAX_BODY, service);
    }

    /** Which kind of endpoint the simulator plays, which decides the signatures it takes. */
    public enum Edition {
        /** The shared endpoint of a region: takes plain signatures, and derived ones too. */
        BASIC,
        /** The endpoint of a standard or enterprise instance: takes derived signatures only. */
        OWN_INSTANCE,
        /** A shared endpoint that takes plain signatures only. */
        BASIC_PLAIN_ONLY,
        /** The shared endpoint, for a user who has another edition: it takes signatures, and then knows nothing of the user. */
        NOT_SUBSCRIBED
    }

    /** A simulator on a free port. */
    public static HuaweiSimulator start() {
        return start(0);
    }

    /**
     * A simulator on this port.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static HuaweiSimulator start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * A simulator that takes signatures for old or fresh by this clock.
     *
     * @param port 0 for a free one
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static HuaweiSimulator start(int port, Clock clock) {
        return new HuaweiSimulator(port, clock);
    }

    /** The address to configure, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The access key to configure. */
    public String accessKey() {
        return ACCOUNT.accessKey();
    }

    /** The secret key to configure. */
    public String secretKey() {
        return ACCOUNT.secretKey();
    }

    /** What goes with the keys while {@link #requireSecurityToken} is on. */
    public String securityToken() {
        return ACCOUNT.securityToken();
    }

    /** A valid IAM token, for calls with {@code X-Auth-Token} in place of a signature. */
    public String token() {
        return ACCOUNT.token();
    }

    /** The name of the only IAM user, who gets tokens at {@code /v3/auth/tokens} of the same address. */
    public String userName() {
        return USER.name();
    }

    /** The user's password. */
    public String password() {
        return USER.password();
    }

    /** The name of the user's account, which the API calls domain. */
    public String accountName() {
        return USER.accountName();
    }

    /** How long tokens that users get from now on are good, by the simulator's clock; a day at first. */
    public void issueTokensFor(Duration life) {
        iam.issueFor(life);
    }

    /** Takes none of the tokens any more that users have got so far; {@link #token} stays good. */
    public void revokeIssuedTokens() {
        iam.revokeAll();
    }

    /** How many tokens users have got so far. */
    public long issuedTokenCount() {
        return iam.issued();
    }

    /** The region to configure; derived signatures must name it. */
    public String region() {
        return REGION;
    }

    /** The project id to configure; any other is refused. */
    public String projectId() {
        return PROJECT_ID;
    }

    /** The instance id to configure; it may be left out, but any other is refused. */
    public String instanceId() {
        return INSTANCE_ID;
    }

    /** The only resource space there is. */
    public String appId() {
        return APP_ID;
    }

    /** Plays this edition from now on; {@link Edition#BASIC} at first. */
    public void play(Edition edition) {
        gate.refusePlain(edition == Edition.OWN_INSTANCE);
        gate.refuseDerived(edition == Edition.BASIC_PLAIN_ONLY);
        service.subscribe(edition != Edition.NOT_SUBSCRIBED);
    }

    /** Whether lists of packages must name the resource space from now on, as if the account had several. At first they need not. */
    public void requireSpace(boolean required) {
        service.demandSpace(required);
    }

    /** Whether the user may use modules from now on, as at first. */
    public void permitModules(boolean permitted) {
        service.permit("module", permitted);
    }

    /** Whether the user may use packages from now on, as at first. */
    public void permitPackages(boolean permitted) {
        service.permit("package", permitted);
    }

    /** Whether {@link #token} has ended. At first it has not. */
    public void expireToken(boolean expired) {
        gate.expireToken(expired);
    }

    /** Whether every call is one too many for the account. At first none is. */
    public void throttle(boolean throttled) {
        service.throttle(throttled);
    }

    /**
     * Whether the keys are temporary from now on, so that every signature must come with {@link #securityToken}. At first
     * they are not, and a security token is refused.
     */
    public void requireSecurityToken(boolean required) {
        gate.demandSecurityToken(required);
    }

    /** How many requests have come in so far, refused ones included. */
    public long requestCount() {
        return server.requestCount();
    }

    /** Keeps a module; one with the same id is replaced. A new one is listed first. */
    public void addModule(HuaweiModule module) {
        modules.put(module);
    }

    /** Forgets a module; answers whether there was one. */
    public boolean removeModule(String moduleId) {
        return modules.remove(moduleId);
    }

    /** The module with this id. */
    public Option<HuaweiModule> findModule(String moduleId) {
        return modules.find(moduleId);
    }

    /** All modules, newest first. */
    public List<HuaweiModule> modules() {
        return modules.all();
    }

    /** Keeps a package; one with the same id is replaced. A new one is listed first. */
    public void addPackage(HuaweiPackage added) {
        packages.put(added);
    }

    /** Forgets a package; answers whether there was one. */
    public boolean removePackage(String packageId) {
        return packages.remove(packageId);
    }

    /** The package with this id. */
    public Option<HuaweiPackage> findPackage(String packageId) {
        return packages.find(packageId);
    }

    /** All packages that were added, newest first; generated ones are not among them. */
    public List<HuaweiPackage> packages() {
        return packages.all();
    }

    /**
     * Holds so many more firmware packages of this product, for trials with large catalogues: in the versions {@code 0.0.1}
     * and on, the last of them the newest, each made when somebody asks for it and never kept. They can be listed, shown and
     * deleted as others. Millions of them cost nothing.
     */
    public void generatePackages(String productId, int count) {
        packages.add(first -> new GeneratedPackages(productId, new HuaweiStore.Numbers(first, first + count - 1)));
    }

    /**
     * The next request that creates, changes or deletes something is carried out, and its connection then closed without an
     * answer. Questions and refused requests before it are answered.
     */
    public void loseNextAnswer() {
        server.loseNextAnswer();
    }

    /** Runs the action once, before the next deletion is handled; it may delete the same thing. */
    public void beforeNextDeletion(Runnable action) {
        server.beforeNext(call -> call.method().equals("DELETE"), action);
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.close();
    }
}
