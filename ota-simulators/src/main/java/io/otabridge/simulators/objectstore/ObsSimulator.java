package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.PercentEncoding;
import io.vavr.control.Option;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Simulates Object Storage Service (OBS) of Huawei Cloud: objects, multipart uploads, and the existence and location
 * of buckets, with signatures in the header and in the query. The bucket is part of the path, as for IP addresses, or
 * of the host.
 */
public final class ObsSimulator extends SimulatedObjectStore {

    private static final String BUCKET = "ota-firmware";
    private static final Duration LINK_LIFETIME = Duration.ofHours(24);

    private final Map<String, String> regions;
    private final MultipartUploads uploads;
    private final ObsAuthenticator authenticator;
    private final ObsService service;
    private final Clock clock;

    private ObsSimulator(
            int port,
            ObjectFolder objects,
            StoreFaults faults,
            MultipartUploads uploads,
            ObsAuthenticator authenticator,
            Map<String, String> regions,
            ObsService service,
            Clock clock) {
        super(port, objects, faults, service);
        this.uploads = uploads;
        this.authenticator = authenticator;
        this.regions = regions;
        this.service = service;
        this.clock = clock;
    }

    /**
     * Starts a simulator with the bucket {@link #bucket} in a region.
     *
     * @param port the port, 0 for any free port
     * @param clock the clock that checks the age of signatures
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static ObsSimulator start(int port, ObsCredentials credentials, String region, Clock clock) {
        ObjectFolder objects = new ObjectFolder();
        StoreFaults faults = new StoreFaults();
        MultipartUploads uploads = new MultipartUploads(objects);
        ObsAuthenticator authenticator = new ObsAuthenticator(credentials, clock);
        Map<String, String> regions = new ConcurrentHashMap<>(Map.of(BUCKET, region));
        ObsService service = new ObsService(objects, faults, uploads, authenticator, regions, clock);
        return new ObsSimulator(port, objects, faults, uploads, authenticator, regions, service, clock);
    }

    /** Returns the bucket that exists from the start. */
    public String bucket() {
        return BUCKET;
    }

    /** Adds a bucket. */
    public void addBucket(String bucket, String region) {
        regions.put(bucket, region);
    }

    /** Returns the region of a bucket; none if it does not exist. */
    public Option<String> regionOf(String bucket) {
        return Option.of(regions.get(bucket));
    }

    /** Adds or replaces an object. */
    public void put(String bucket, String key, byte[] content) {
        put(
                bucket,
                key,
                content,
                written -> ObsService.toObject(written, "application/octet-stream", Map.of(), clock.instant()));
    }

    /**
     * Adds generated objects to {@link #bucket}. They can be read and deleted like others, and are not in {@link #keys}.
     *
     * @param files returns the file with a key
     */
    public void generate(Function<String, Option<GeneratedFile>> files) {
        objects.generate(
                BUCKET,
                files,
                written -> ObsService.toObject(written, "application/octet-stream", Map.of(), GENERATED_AT));
    }

    /** Returns a link to download an object within 24 hours, as devices receive it. The object need not exist. */
    public String link(String bucket, String key) {
        String path = "/" + bucket + "/"
                + Arrays.stream(key.split("/", -1)).map(PercentEncoding::encode).collect(Collectors.joining("/"));
        return endpoint() + path + "?" + authenticator.signedQuery(path, LINK_LIFETIME);
    }

    /** Returns an object. */
    public Option<StoredObject> find(String bucket, String key) {
        return objects.find(bucket, key);
    }

    /** Deletes an object. Returns whether it existed. */
    public boolean remove(String bucket, String key) {
        return objects.remove(bucket, key);
    }

    /** Returns the keys of all objects of a bucket except generated ones, sorted. */
    public List<String> keys(String bucket) {
        return objects.keys(bucket);
    }

    /** Returns the keys of all unfinished multipart uploads of a bucket, sorted. */
    public List<String> unfinishedUploads(String bucket) {
        return uploads.list(bucket, "", "", "").stream()
                .map(MultipartUploads.Upload::key)
                .toList();
    }

    /** Sets whether the user has permission for all buckets. The default is true. */
    public void permit(boolean permitted) {
        service.permit(permitted);
    }

    /**
     * Sets whether the keys are temporary, so that every signature needs the security token. By default they are
     * permanent, and a security token is rejected.
     */
    public void requireSecurityToken(boolean required) {
        authenticator.requireSecurityToken(required);
    }
}
