package io.otabridge.contracts;

import io.otabridge.contracts.memory.InMemoryBackend;
import io.otabridge.domain.Capability;
import io.otabridge.domain.firmware.Firmware;
import io.otabridge.domain.firmware.UpdateKind;
import io.otabridge.domain.firmware.Verification;

/** The contracts of an in-memory backend that can only publish one file and download it. */
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
