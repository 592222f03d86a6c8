package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.Digests;
import io.otabridge.simulators.server.PercentEncoding;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Simulates Object Storage Service (OSS) of Alibaba Cloud with the bucket into which IoT Platform puts OTA packages.
 * It accepts form uploads with a signed policy, downloads by pre-signed links, and the requests of the SDK to put,
 * get and delete an object, with signature version 1. The endpoint is the address of the bucket; the bucket as the
 * first segment of the path is accepted too.
 */
public final class OssSimulator extends SimulatedObjectStore {

    static final String BUCKET = "iotx-ota";
    static final String ACCESS_KEY = "LTAI5tFakeObjectStore000";
    static final String SECRET_KEY = "FakeSecretOfOssSimulator000001";

    private static final Duration POLICY_LIFETIME = Duration.ofMinutes(1);
    private static final Duration LINK_LIFETIME = Duration.ofHours(24);
    private static final Duration MIN_LINK_LIFETIME = Duration.ofHours(23);

    private final Clock clock;
    private final AtomicLong lastKey = new AtomicLong();
    private final AtomicReference<Instant> linkExpiry = new AtomicReference<>(Instant.EPOCH);
    private volatile long maxUpload = 1_000L * 1024 * 1024;

    private OssSimulator(int port, ObjectFolder objects, StoreFaults faults, Clock clock) {
        super(port, objects, faults, new OssService(objects, faults, clock));
        this.clock = clock;
    }

    /**
     * The permission to upload one file.
     *
     * @param accessKeyId the AccessKey id of the signature
     */
    public record UploadForm(String key, String policy, String accessKeyId, String signature) {}

    /** Starts a simulator on a free port that checks policies and links by this clock. */
    public static OssSimulator start(Clock clock) {
        return new OssSimulator(0, new ObjectFolder(), new StoreFaults(), clock);
    }

    /** Returns the only bucket. */
    public String bucket() {
        return BUCKET;
    }

    /** Returns the AccessKey id of the bucket's owner. */
    public String accessKey() {
        return ACCESS_KEY;
    }

    /** Returns the AccessKey secret of the bucket's owner. */
    public String secretKey() {
        return SECRET_KEY;
    }

    /** Issues the permission to upload a file under a new key with this suffix within a minute. */
    public UploadForm issueForm(String suffix) {
        String unique = Digests.md5Hex(endpoint() + "/" + lastKey.incrementAndGet());
        String key = "ota/" + unique + "/" + unique.substring(0, 20) + "." + suffix;
        String policy = PostPolicy.write(clock.instant().plus(POLICY_LIFETIME), key, maxUpload);
        return new UploadForm(key, policy, ACCESS_KEY, OssSignature.of(policy));
    }

    /** Sets the maximum size of files in forms issued from now on. The default is 1,000 MiB. */
    public void limitUploads(long maxBytes) {
        maxUpload = maxBytes;
    }

    /** Returns the address of an object, without a signature. */
    public String url(String key) {
        return endpoint() + "/"
                + Arrays.stream(key.split("/", -1)).map(PercentEncoding::encode).collect(Collectors.joining("/"));
    }

    /** Returns the key of an object at an address without a signature; none if it is of another store. */
    public Option<String> keyAt(String url) {
        String start = endpoint() + "/";
        return Option.when(url.startsWith(start), () -> url.substring(start.length()))
                .map(PercentEncoding::decodeSegment);
    }

    /**
     * Returns a link to download an object, valid for 23 to 24 hours. The object need not exist. Links of about the same
     * time are equal, so that clients can compare what they received.
     */
    public String link(String key) {
        String expires = String.valueOf(expiry().getEpochSecond());
        String signature = OssSignature.of("GET\n\n\n" + expires + "\n/" + BUCKET + "/" + key);
        return url(key) + "?Expires=" + expires + "&OSSAccessKeyId=" + ACCESS_KEY + "&Signature="
                + PercentEncoding.encode(signature);
    }

    private Instant expiry() {
        Instant now = clock.instant();
        return linkExpiry.updateAndGet(
                last -> last.isAfter(now.plus(MIN_LINK_LIFETIME)) && !last.isAfter(now.plus(LINK_LIFETIME))
                        ? last
                        : now.plus(LINK_LIFETIME).truncatedTo(ChronoUnit.SECONDS));
    }

    /** Adds or replaces an object. */
    public void put(String key, byte[] content) {
        put(BUCKET, key, content, written -> OssService.toObject(written, "application/octet-stream", clock.instant()));
    }

    /**
     * Adds generated objects. They can be read and deleted like others, and are not in {@link #keys}.
     *
     * @param files returns the file with a key
     */
    public void generate(Function<String, Option<GeneratedFile>> files) {
        objects.generate(
                BUCKET, files, written -> OssService.toObject(written, "application/octet-stream", GENERATED_AT));
    }

    /** Returns an object. */
    public Option<StoredObject> find(String key) {
        return objects.find(BUCKET, key);
    }

    /** Deletes an object. Returns whether it existed. */
    public boolean remove(String key) {
        return objects.remove(BUCKET, key);
    }

    /** Returns the keys of all objects except generated ones, sorted. */
    public List<String> keys() {
        return objects.keys(BUCKET);
    }

    /** Rejects the next form upload as if its policy had expired. */
    public void expireNextForm() {
        faults.refuseNext(call -> call.method().equals("POST"), OssService.policyExpired());
    }

    /** Rejects the next download as if its link had expired. */
    public void expireNextLink() {
        faults.refuseNext(call -> call.method().equals("GET"), OssService.linkExpired());
    }
}
