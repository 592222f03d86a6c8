package io.otabridge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class OtaExceptionTest {

    private static final OtaFailure FAILURE = new OtaFailure.NotFound(FailureDetails.of(
            new OperationContext("prod", Vendor.of("huawei"), "ShowPackage"), "No firmware f1", "Check the id"));

    @Test
    void has_the_failure() {
        assertThat(new OtaException(FAILURE).failure()).isEqualTo(FAILURE);
    }

    @Test
    void keeps_only_its_message_when_it_is_serialized() throws IOException, ClassNotFoundException {
        OtaException copy = copyOf(new OtaException(FAILURE));

        assertThat(copy).hasMessage("No firmware f1. Check the id");
        assertThatIllegalStateException()
                .isThrownBy(copy::failure)
                .withMessageContaining("deserialized")
                .withCause(copy);
    }

    private static OtaException copyOf(OtaException exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (OtaException) in.readObject();
        }
    }
}
