package io.otabridge.simulators.aliyun.job;

import io.otabridge.simulators.aliyun.store.AliyunFirmware;
import io.otabridge.simulators.aliyun.store.AliyunStore;
import io.otabridge.simulators.fleet.UpgradeNotice;
import io.otabridge.simulators.objectstore.OssSimulator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packages as jobs use them: files for devices, and the state of the verification. */
final class JobPackages {

    static final int UNVERIFIED = 0;
    static final int VERIFIED = 1;
    static final int VERIFYING = 2;
    static final int NOT_VERIFIED = 3;

    private final AliyunStore store;
    private final OssSimulator objects;

    JobPackages(AliyunStore store, OssSimulator objects) {
        this.store = store;
        this.objects = objects;
    }

    /** Sets the state of the verification, if the package still exists. */
    void verify(AliyunFirmware firmware, int status, int progress) {
        store.atomically(() -> store.findFirmware(firmware.firmwareId())
                .peek(found -> store.put(found.withVerification(status, progress))));
    }

    /** Returns what the device of a task receives. */
    UpgradeNotice notice(AliyunTask task) {
        AliyunFirmware firmware = task.job.order().firmware();
        @Nullable String url = firmware.firmwareUrl();
        @Nullable Long size = firmware.firmwareSize();
        List<UpgradeNotice.File> files = url == null || size == null
                ? firmware.multiFiles().stream()
                        .map(file -> file(firmware, file.url(), file.size(), file.signValue()))
                        .toList()
                : List.of(file(firmware, url, size, firmware.firmwareSign()));
        return new UpgradeNotice(task.key(), firmware.moduleName(), firmware.destVersion(), files);
    }

    private UpgradeNotice.File file(AliyunFirmware firmware, String url, long size, @Nullable String digest) {
        String link = objects.keyAt(url).map(objects::link).getOrElse(url);
        boolean isSha256 =
                firmware.multiFiles().isEmpty() && firmware.signMethod().equalsIgnoreCase("SHA256");
        return new UpgradeNotice.File(link, size, isSha256 ? "SHA-256" : "MD5", digest);
    }
}
