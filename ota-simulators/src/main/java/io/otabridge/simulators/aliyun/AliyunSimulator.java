package io.otabridge.simulators.aliyun;

import io.otabridge.simulators.server.LoopbackServer;
import io.vavr.control.Option;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * Alibaba Cloud IoT Platform on this machine, for tests and for trying things out: of the API 2018-01-20 the operations
 * that query, list and delete OTA packages and that list, create, update and delete OTA modules, over HTTP, in JSON and XML,
 * with the rules that the vendor documents for them. It checks signatures for real, V1 and V3, so an SDK or adapter that it accepts signs as the service demands. It starts with the vendor's documented examples
 * and a catalogue of invented products, the same at every start; add and remove as you need. Every simulator is an account
 * of its own with the credentials below, which open nothing else. Safe for many threads.
 */
public final class AliyunSimulator implements AutoCloseable {

    /** The package of the vendor's documentation, with one file. */
    public static final String DOCUMENTED_FIRMWARE = "UfuxnwygsuSkVE0VCN****0100";

    /** A package like the documented one, with two files. */
    public static final String MULTI_FILE_FIRMWARE = "UfuxnwygsuSkVE0VCN****0200";

    /** A package like the documented one, a delta from version 1.0.0. */
    public static final String DELTA_FIRMWARE = "UfuxnwygsuSkVE0VCN****0300";

    /** A product that the Huawei simulator knows under the same id, with a module {@code MCU} in both. */
    public static final String SHARED_PRODUCT = "a1k9ThermoPlus";

    /** The package for the module {@code MCU} of {@link #SHARED_PRODUCT}. */
    public static final String SHARED_PRODUCT_FIRMWARE = "a1k9ThermoPlusMcu3210100";

    /** A package that a simulated deployment of Tuya holds. */
    public static final String TUYA_FIRMWARE = "167";

    /** The product of {@link #TUYA_FIRMWARE}, with a module {@code ble}. */
    public static final String TUYA_PRODUCT = "k4in4Ke****";

    /** The product of {@link #generateFirmware}. */
    public static final String GENERATED_PRODUCT = GeneratedFirmware.PRODUCT;

    static final String INSTANCE_ID = "iot-cn-0pp1n8t0sim";

    private static final AliyunAccount ACCOUNT = new AliyunAccount(
            "LTAI5tFakeSimulatorKey00",
            "FakeSecretOfAliyunSimulator001",
            "CAISFakeSecurityTokenOfTheAliyunSimulator0123456789+/==");

    /** Plenty for the longest call, and little enough to hold. */
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private static final AliyunAccount TUYA_ACCOUNT =
            new AliyunAccount("TuyaFakeSimulatorKey0001", "FakeSecretOfTuyaSimulator00001", "");

    private final AliyunAccount account;
    private final AliyunStore catalogue = new AliyunStore();
    private final AliyunAuthenticator gate;
    private final AliyunRouter service;
    private final LoopbackServer server;

    private AliyunSimulator(SimulatedDialect platform, AliyunAccount account, int port, Clock clock) {
        this.account = account;
        gate = new AliyunAuthenticator(platform, account, clock);
        service = new AliyunRouter(platform, gate, catalogue, clock);
        server = LoopbackServer.start(port, MAX_BODY, service);
    }

    /** A simulator on a free port. */
    public static AliyunSimulator start() {
        return start(0);
    }

    /**
     * A simulator on this port.
     *
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator start(int port) {
        return start(port, Clock.systemUTC());
    }

    /**
     * A simulator that takes signatures for old or fresh by this clock.
     *
     * @param port 0 for a free one
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator start(int port, Clock clock) {
        AliyunSimulator simulator = new AliyunSimulator(SimulatedDialect.ALIBABA, ACCOUNT, port, clock);
        AliyunFixtures.fill(simulator.catalogue);
        return simulator;
    }

    /** A private deployment of Tuya on a free port. */
    public static AliyunSimulator startTuya() {
        return startTuya(0, Clock.systemUTC());
    }

    /**
     * A private deployment of Tuya, which took the protocol over: signature V1 with no more common parameters than it needs
     * (all others are refused, and so is an instance id), and JSON in lower camel case. It has no region, instance or
     * security token, and other examples.
     *
     * @param port 0 for a free one
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static AliyunSimulator startTuya(int port, Clock clock) {
        AliyunSimulator simulator = new AliyunSimulator(SimulatedDialect.TUYA, TUYA_ACCOUNT, port, clock);
        TuyaFixtures.fill(simulator.catalogue);
        return simulator;
    }

    /** The address to configure, as {@code http://127.0.0.1:port}. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The AccessKey id to configure. */
    public String accessKey() {
        return account.accessKey();
    }

    /** The AccessKey secret to configure. */
    public String secretKey() {
        return account.secretKey();
    }

    /** What goes with the keys while {@link #requireSecurityToken} is on. */
    public String securityToken() {
        return account.securityToken();
    }

    /** The region to configure. */
    public String region() {
        return "cn-shanghai";
    }

    /** The instance id to configure while {@link #requireInstance} is on. */
    public String instanceId() {
        return INSTANCE_ID;
    }

    /**
     * Whether calls must name {@link #instanceId} from now on, as at first and as with enterprise and new public
     * instances; else they must name none, as with old public instances.
     */
    public void requireInstance(boolean required) {
        service.demandInstance(required);
    }

    /**
     * Whether the keys are temporary from now on, so that every call must come with {@link #securityToken}. At first they
     * are not, and a security token is refused.
     */
    public void requireSecurityToken(boolean required) {
        gate.demandSecurityToken(required);
    }

    /** Whether {@link #securityToken} has ended. At first it has not. */
    public void expireSecurityToken(boolean expired) {
        gate.expireSecurityToken(expired);
    }

    /** Whether the user has the permissions from now on, as at first. */
    public void permit(boolean permitted) {
        service.permit(permitted);
    }

    /** Whether every call is one too many for the account. At first none is. */
    public void throttle(boolean throttled) {
        service.throttle(throttled);
    }

    /** How many requests have come in so far, refused ones included. */
    public long requestCount() {
        return server.requestCount();
    }

    /** The next change that a client asks for is made, and its connection cut in place of the answer. */
    public void loseNextAnswer() {
        server.loseNextAnswer();
    }

    /** Runs the action once, before the next deletion is handled; it may delete the same thing. */
    public void beforeNextDeletion(Runnable action) {
        server.beforeNext(call -> AliyunRequest.of(call).action().exists(name -> name.startsWith("Delete")), action);
    }

    /** Keeps a product, at first without modules; one that is there keeps its own. */
    public void addProduct(String productKey) {
        catalogue.addProduct(productKey);
    }

    /** Keeps a module, and its product with it; one of the same product and name, whatever its case, is replaced. */
    public void addModule(AliyunModule module) {
        catalogue.put(module);
    }

    /** Forgets a module; answers whether there was one. Its product stays. */
    public boolean removeModule(String productKey, String moduleName) {
        return catalogue.removeModule(productKey, moduleName);
    }

    /** The modules of a product in the order they were added; none for an unknown product. */
    public List<AliyunModule> modules(String productKey) {
        return catalogue.modules(productKey);
    }

    /** Keeps a package; one with the same id is replaced. */
    public void addFirmware(AliyunFirmware added) {
        catalogue.put(added);
    }

    /**
     * Holds this many packages of the product {@link #GENERATED_PRODUCT}, in place of those generated before, in versions
     * 1.0.0, 1.0.1 and so on. Each is made when it is read, so that a million takes no memory. They come after all others.
     */
    public void generateFirmware(int count) {
        catalogue.generate(count);
    }

    /** Forgets a package; answers whether there was one. */
    public boolean removeFirmware(String firmwareId) {
        return catalogue.removeFirmware(firmwareId);
    }

    /** The package with this id. */
    public Option<AliyunFirmware> findFirmware(String firmwareId) {
        return catalogue.findFirmware(firmwareId);
    }

    /** All packages, sorted by id, and then the generated ones, each made when it is read. */
    public List<AliyunFirmware> firmware() {
        return catalogue.firmware(Option.none(), Option.none());
    }

    /** Stops listening at once. */
    @Override
    public void close() {
        server.close();
    }
}
