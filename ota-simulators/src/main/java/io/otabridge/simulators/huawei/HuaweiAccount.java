package io.otabridge.simulators.huawei;

/** Who may call, and with what. */
record HuaweiAccount(String accessKey, String secretKey, String securityToken, String token, String region) {

    /** The service name that IoTDA puts into derived signatures. */
    private static final String SERVICE = "iotdm";

    /** What a derived signature of this day must be for. */
    String scope(String day) {
        return day + "/" + region + "/" + SERVICE;
    }
}
