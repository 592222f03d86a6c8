package io.otabridge.domain.backend;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import java.time.Duration;

/**
 * One configured account on one vendor's platform. Safe for many threads.
 *
 * <p>Each port is a default method whose operations return {@link io.otabridge.domain.OtaFailure.Unsupported}. A backend
 * overrides the ports that it has. A backend that wraps another one extends {@link Forwarding}.
 */
public interface Backend extends AutoCloseable {

    /** The name it has in the configuration. */
    String name();

    /** The kind of back end. */
    Vendor vendor();

    /** Where it is, for people: the address that calls go to. Never holds a credential. */
    String endpoint();

    /** How calls prove who they come from, for people: a few words such as {@code AK/SK, derived key}. */
    String authentication();

    /**
     * The one spelling of a product id on this backend: two ids are those of one product if their canonical forms are equal.
     * Huawei Cloud IoTDA compares the hexadecimal ids that it generates ignoring case; elsewhere case matters and an id is
     * its own canonical form.
     */
    default ProductId canonical(ProductId id) {
        return id;
    }

    /** What it can do. What it cannot is {@link io.otabridge.domain.OtaFailure.Unsupported}, before anything is sent. */
    Capabilities capabilities();

    /** Asks about OTA modules. */
    default ModuleQueryPort modules() {
        return ModuleQueryPort.unsupported(this::unsupported);
    }

    /** Asks about firmware packages. */
    default FirmwareQueryPort firmware() {
        return FirmwareQueryPort.unsupported(this::unsupported);
    }

    /** Creates, changes and deletes OTA modules. */
    default ModuleCommandPort moduleCommands() {
        return ModuleCommandPort.unsupported(this::unsupported);
    }

    /** Deletes firmware packages. */
    default FirmwareCommandPort firmwareCommands() {
        return FirmwareCommandPort.unsupported(this::unsupported);
    }

    /**
     * Looks at everything that calls need, from the name of the endpoint's host to the account's quota, and tells what is wrong
     * with it. Asks a handful of questions and changes nothing, so it may run in production. Each question ends with the
     * backend's deadline. Throws nothing.
     *
     * @return what was found; a backend that does not look says so
     */
    default Diagnosis diagnose() {
        return Diagnosis.skipped();
    }

    /**
     * How far the vendor's time is ahead of the context's clock, as far as the vendor has told: nothing, until it has refused
     * a request for its time; less than nothing if it is behind. Moments that come from the vendor, such as the end of a
     * download link, are moments of its time.
     */
    default Duration clockOffset() {
        return Duration.ZERO;
    }

    /**
     * The same backend with another deadline for each call, from start to the last byte of the answer, waits and repeats
     * included, and for each request of {@link #diagnose}. It shares all the rest, so there is no need to close it too.
     *
     * @param deadline more than nothing
     */
    Backend within(Duration deadline);

    /** Releases what this backend alone holds, its say in how often the account is asked too. Calls made afterwards may fail. Closing twice is harmless. */
    @Override
    default void close() {}

    private OtaFailure unsupported(Capability needed) {
        return capabilities().unsupported(new OperationContext(name(), vendor(), needed.word()), needed);
    }

    /** Forwards every method to another backend; a subclass overrides those that it changes. */
    abstract class Forwarding implements Backend {

        private final Backend delegate;

        protected Forwarding(Backend delegate) {
            this.delegate = delegate;
        }

        @Override
        public String name() {
            return delegate.name();
        }

        @Override
        public Vendor vendor() {
            return delegate.vendor();
        }

        @Override
        public String endpoint() {
            return delegate.endpoint();
        }

        @Override
        public String authentication() {
            return delegate.authentication();
        }

        @Override
        public ProductId canonical(ProductId id) {
            return delegate.canonical(id);
        }

        @Override
        public Capabilities capabilities() {
            return delegate.capabilities();
        }

        @Override
        public ModuleQueryPort modules() {
            return delegate.modules();
        }

        @Override
        public FirmwareQueryPort firmware() {
            return delegate.firmware();
        }

        @Override
        public ModuleCommandPort moduleCommands() {
            return delegate.moduleCommands();
        }

        @Override
        public FirmwareCommandPort firmwareCommands() {
            return delegate.firmwareCommands();
        }

        @Override
        public Diagnosis diagnose() {
            return delegate.diagnose();
        }

        @Override
        public Duration clockOffset() {
            return delegate.clockOffset();
        }

        @Override
        public Backend within(Duration deadline) {
            return delegate.within(deadline);
        }

        @Override
        public void close() {
            delegate.close();
        }

        @Override
        public String toString() {
            return delegate.toString();
        }
    }
}
