package io.otabridge.contracts;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;

/** The contracts of an in-memory backend that can publish one file, download it, and create simple jobs. */
@DecodersTestedElsewhere("it decodes nothing")
final class ReducedInMemoryBackendTest extends InMemoryBackendTest {

    @Override
    InMemoryBackend open() {
        return super.open()
                .without(
                        Capability.SOFTWARE_PACKAGES,
                        Capability.SEVERAL_FILES,
                        Capability.SOURCE_VERSIONS_OF_FULL_IMAGE,
                        Capability.PUBLISH_STORED_FILE,
                        Capability.UPDATE_FIRMWARE,
                        Capability.DELETE_STORED_FILE,
                        Capability.UNFINISHED_UPLOADS,
                        Capability.CREATE_MODULE,
                        Capability.UPDATE_MODULE,
                        Capability.LIST_PRODUCTS,
                        Capability.FIND_DEVICES_BY_VERSION,
                        Capability.FIND_JOB_BY_TOKEN,
                        Capability.LIST_JOBS_OF_DEVICE,
                        Capability.LIST_UNFINISHED_TASKS,
                        Capability.VERIFY_FIRMWARE,
                        Capability.JOB_FOR_GROUP,
                        Capability.CONTINUOUS_JOB,
                        Capability.JOB_TAGS,
                        Capability.CONFIRM_TASKS,
                        Capability.UPDATE_JOB,
                        Capability.TASK_PROGRESS,
                        Capability.VERIFICATION,
                        Capability.UPDATE_KIND,
                        Capability.CONTENT_IN_LISTS);
    }

    @Override
    Firmware reported(Firmware added) {
        return added.toBuilder()
                .kind(UpdateKind.notStated())
                .verification(Verification.notOffered())
                .build();
    }
}
