package io.otabridge.simulators.objectstore;

import io.otabridge.simulators.server.PercentEncoding;
import io.otabridge.simulators.server.ReceivedRequest;

/**
 * The bucket and the object that a request is for. The bucket is the start of the host, as in
 * {@code bucket.obs.cn-north-4.myhuaweicloud.com} or {@code bucket.localhost}, or the first segment of the path.
 *
 * @param bucket empty for the service
 * @param key empty for the bucket
 * @param resource the path to sign, as percent-encoded by the client
 */
record ObsAddress(String bucket, String key, String resource) {

    static ObsAddress of(ReceivedRequest call) {
        String bucket = bucketOfHost(call.header("host").getOrElse("").replaceFirst(":[0-9]+$", ""));
        String path = call.rawPath();
        if (!bucket.isEmpty()) {
            return new ObsAddress(bucket, decode(path.substring(1)), "/" + bucket + path);
        }
        int slash = path.indexOf('/', 1);
        return slash < 0
                ? new ObsAddress(decode(path.substring(1)), "", path)
                : new ObsAddress(decode(path.substring(1, slash)), decode(path.substring(slash + 1)), path);
    }

    private static String bucketOfHost(String host) {
        int service = host.contains(".obs.") ? host.indexOf(".obs.") : host.indexOf(".localhost");
        return service < 0 ? "" : host.substring(0, service);
    }

    private static String decode(String encoded) {
        return PercentEncoding.decodeSegment(encoded);
    }
}
