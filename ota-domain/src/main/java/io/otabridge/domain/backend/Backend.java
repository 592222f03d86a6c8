package io.otabridge.domain.backend;

import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.ProductId;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.device.DeviceQueryPort;
import io.otabridge.domain.firmware.FirmwareCommandPort;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.job.JobQueryPort;
import io.otabridge.domain.job.command.JobCommandPort;
import io.otabridge.domain.module.ModuleCommandPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.domain.product.DeviceGroupQueryPort;
import io.otabridge.domain.product.ProductQueryPort;
import io.vavr.collection.Map;
import io.vavr.control.Option;
import java.time.Duration;

/**
 * A configured account on a vendor's platform. Implementations are safe for use by multiple threads.
 *
 * <p>Each port is a default method whose operations return {@link io.otabridge.domain.OtaFailure.Unsupported}. A
 * backend overrides the ports that it supports. A backend that wraps another one extends {@link Forwarding}.
 */
public interface Backend extends AutoCloseable {

    /** Returns the name of the backend in the configuration. */
    String name();

    /** Returns the vendor of the backend. */
    Vendor vendor();

    /** Returns the address that calls are sent to, for display. It never holds a credential. */
    String endpoint();

    /** Returns the authentication method, for display, such as {@code AK/SK, derived key}. */
    String authentication();

    /**
     * Returns the canonical form of a product id on this backend. Two ids identify the same product if their canonical
     * forms are equal. Huawei Cloud IoTDA compares its generated hexadecimal ids ignoring case; on other backends ids
     * are case-sensitive, and an id is its own canonical form.
     */
    default ProductId canonical(ProductId id) {
        return id;
    }

    /**
     * Returns the capabilities of the backend. Operations without the capability return {@link
     * io.otabridge.domain.OtaFailure.Unsupported} before anything is sent.
     */
    Capabilities capabilities();

    /** Returns what the vendor's access management must allow; by default none is known. Nothing is sent. */
    default Permissions permissions() {
        return Permissions.none();
    }

    /** Returns the port that queries OTA modules. */
    default ModuleQueryPort modules() {
        return ModuleQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that queries firmware packages. */
    default FirmwareQueryPort firmware() {
        return FirmwareQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that creates, updates and deletes OTA modules. */
    default ModuleCommandPort moduleCommands() {
        return ModuleCommandPort.unsupported(this::unsupported);
    }

    /** Returns the port that publishes, updates and deletes firmware packages. */
    default FirmwareCommandPort firmwareCommands() {
        return FirmwareCommandPort.unsupported(this::unsupported);
    }

    /** Returns the port that lists products. */
    default ProductQueryPort products() {
        return ProductQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that lists device groups. */
    default DeviceGroupQueryPort deviceGroups() {
        return DeviceGroupQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that queries devices and their versions. */
    default DeviceQueryPort devices() {
        return DeviceQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that queries upgrade jobs and their tasks. */
    default JobQueryPort jobs() {
        return JobQueryPort.unsupported(this::unsupported);
    }

    /** Returns the port that creates, changes and cancels upgrade jobs. */
    default JobCommandPort jobCommands() {
        return JobCommandPort.unsupported(this::unsupported);
    }

    /**
     * Checks everything that calls depend on, from DNS to the account's quota. Sends a few read-only requests, each
     * with the backend's deadline, so it is safe in production. Never throws.
     *
     * @return the findings; all checks are skipped if the adapter does not implement this method
     */
    default Diagnosis diagnose() {
        return Diagnosis.skipped();
    }

    /**
     * Checks what {@link #diagnose} checks, and whether the user may upload files, where the vendor has requests for it that
     * store nothing: on Huawei Cloud, a multipart upload below the configured prefix is begun and aborted at once. If it
     * cannot be aborted, the finding names it. Never throws.
     *
     * @return the findings; by default those of {@link #diagnose}
     */
    default Diagnosis diagnoseWithUpload() {
        return diagnose();
    }

    /**
     * Returns the shortest time in which the rate limits of the account allow these calls, with the requests that each of
     * them sends at least. It does not contain the time to transfer files. Nothing is sent.
     *
     * @param calls the numbers of calls of the ports, by the capability that they need; those of {@link
     *     Capability#SEVERAL_FILES} are the files of publications besides the first of each
     * @return absent by default, because no rate limits are known
     */
    default Option<Duration> minimumTime(Map<Capability, Integer> calls) {
        return Option.none();
    }

    /**
     * Returns how far the vendor's clock is ahead of the context's clock; negative if it is behind. Zero until the
     * vendor has rejected a request because of its timestamp. Vendor timestamps, such as the expiry of a download link,
     * refer to the vendor's clock.
     */
    default Duration clockOffset() {
        return Duration.ZERO;
    }

    /**
     * Returns this backend with another deadline for each call, from its start to the last byte of the response,
     * including waits and retries. A method that needs several calls has this deadline for each of them: each page of a
     * list, and a lookup before or after a deletion. So does each request of {@link #diagnose}. The result shares all
     * resources with this backend and need not be closed.
     *
     * @param deadline positive
     */
    Backend within(Duration deadline);

    /**
     * Releases the resources that only this backend holds, including its part in the rate limit of the account. Later
     * calls may fail. Closing twice has no effect.
     */
    @Override
    default void close() {}

    private OtaFailure unsupported(Capability needed) {
        return capabilities().unsupported(new OperationContext(name(), vendor(), needed.code()), needed);
    }

    /** Forwards every method to another backend. Subclasses override the methods that they change. */
    abstract class Forwarding implements Backend {

        private final Backend delegate;

        /** Creates a backend that forwards to the delegate. */
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
        public Permissions permissions() {
            return delegate.permissions();
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
        public ProductQueryPort products() {
            return delegate.products();
        }

        @Override
        public DeviceGroupQueryPort deviceGroups() {
            return delegate.deviceGroups();
        }

        @Override
        public DeviceQueryPort devices() {
            return delegate.devices();
        }

        @Override
        public JobQueryPort jobs() {
            return delegate.jobs();
        }

        @Override
        public JobCommandPort jobCommands() {
            return delegate.jobCommands();
        }

        @Override
        public Diagnosis diagnose() {
            return delegate.diagnose();
        }

        @Override
        public Diagnosis diagnoseWithUpload() {
            return delegate.diagnoseWithUpload();
        }

        @Override
        public Option<Duration> minimumTime(Map<Capability, Integer> calls) {
            return delegate.minimumTime(calls);
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
