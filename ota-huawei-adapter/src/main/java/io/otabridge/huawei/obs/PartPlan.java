package io.otabridge.huawei.obs;

import io.otabridge.client.transfer.ArtifactBody;
import io.otabridge.domain.artifact.Artifact;
import io.otabridge.domain.artifact.Checksum;
import io.vavr.collection.List;
import java.io.IOException;
import java.util.ArrayList;

/**
 * The parts of a file in a multipart upload. Immutable.
 *
 * @param parts all parts, in order
 */
record PartPlan(List<Part> parts) {

    private static final int MAX_PARTS = 10_000;
    private static final int MEBIBYTE = 1 << 20;

    /**
     * A part.
     *
     * @param number 1 to 10000
     * @param offset its first byte in the file
     * @param length the number of its bytes
     * @param md5 its MD5, which OBS returns as its ETag
     */
    record Part(int number, long offset, long length, Checksum md5) {}

    /**
     * Reads a file and divides it.
     *
     * @param minPartSize the size of parts, unless more than 10000 were needed
     * @throws IOException if the file cannot be read, or changed
     */
    static PartPlan of(Artifact file, long minPartSize) throws IOException {
        long partSize = partSize(file.length(), minPartSize);
        java.util.List<Part> parts = new ArrayList<>();
        long offset = 0;
        for (Checksum md5 : ArtifactBody.md5OfParts(file, partSize)) {
            parts.add(new Part(parts.size() + 1, offset, Math.min(partSize, file.length() - offset), md5));
            offset += partSize;
        }
        return new PartPlan(List.ofAll(parts));
    }

    /** Returns the size of all parts except the last one: whole mebibytes if it is not the minimum. */
    static long partSize(long length, long minPartSize) {
        long smallest = (length + MAX_PARTS - 1) / MAX_PARTS;
        return smallest <= minPartSize ? minPartSize : (smallest + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE;
    }
}
