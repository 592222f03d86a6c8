package io.otabridge.simulators.aliyun.operation;

/** An error of the service, with its complete code. The service reports it with HTTP status 200. */
public record OperationError(String code, String message) {

    /** Returns an error whose code starts with {@code iot.firmware.}. */
    public static OperationError firmware(String code, String message) {
        return new OperationError("iot.firmware." + code, message);
    }

    /** Returns the error for a value that has not the documented form. */
    public static OperationError malformed(String parameter) {
        return new OperationError("iot.common.InvalidFormattedParameter", parameter + " is not well formatted.");
    }

    /** Returns the error for too many values. */
    public static OperationError tooMany(String parameter, int max) {
        return firmware("ParameterSizeExceedMax", parameter + " may have " + max + " values.");
    }

    public static OperationError noSuchProduct() {
        return new OperationError("iot.prod.NotExistedProduct", "The specified product does not exist.");
    }

    public static OperationError noSuchDevice() {
        return new OperationError("iot.device.NotExistedDevice", "The specified device does not exist.");
    }

    public static OperationError invalidPage() {
        return new OperationError("iot.common.InvalidPageParams", "The page number or page size is invalid.");
    }
}
