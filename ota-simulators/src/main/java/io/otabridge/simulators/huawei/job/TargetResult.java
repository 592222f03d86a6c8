package io.otabridge.simulators.huawei.job;

import io.vavr.control.Option;

/**
 * What stopping, retrying or confirming did to one device.
 *
 * @param error none on success
 */
public record TargetResult(String target, Option<Refusal> error) {

    /** Why a device was not changed. */
    public enum Refusal {
        /** Documented. */
        NOT_IN_TASK("IOTDA.014219", "Invalid input. The target is not in the task"),
        /** Assumed: no code is documented for it. */
        WRONG_STATUS("IOTDA.014220", "The status of the target does not allow the operation");

        private final String code;
        private final String message;

        Refusal(String code, String message) {
            this.code = code;
            this.message = message;
        }

        public String code() {
            return code;
        }

        public String message() {
            return message;
        }
    }
}
