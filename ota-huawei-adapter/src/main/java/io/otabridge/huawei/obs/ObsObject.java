package io.otabridge.huawei.obs;

import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.artifact.Checksum;
import io.vavr.control.Option;

/**
 * What OBS reports about an object. Immutable.
 *
 * @param size the size in bytes; absent if the response does not contain it
 * @param sha256 the SHA-256 in the object's metadata, which its publisher has set; absent if it has none
 */
public record ObsObject(Option<Long> size, Option<Checksum> sha256) {

    static ObsObject of(HttpResponse response, ObsForm form) {
        return new ObsObject(
                response.header("Content-Length")
                        .filter(text -> text.matches("[0-9]{1,18}"))
                        .map(Long::valueOf),
                response.header(form.sha256Header())
                        .map(text -> Checksum.of(Checksum.SHA256, text))
                        .filter(Checksum::isDigest));
    }

    /** Returns whether this is a file with this size and digest for certain. */
    public boolean isFile(long length, Checksum digest) {
        return size.contains(length) && sha256.exists(stored -> stored.value().equalsIgnoreCase(digest.value()));
    }
}
