package io.otabridge.simulators.huawei;

/** The credentials of the simulated account. */
record HuaweiAccount(String accessKey, String secretKey, String securityToken, String token, String region) {

    /** The service name that IoTDA puts into derived signatures. */
    private static final String SERVICE = "iotdm";

    /** Returns the scope that a derived signature of this day must have. */
    String scope(String day) {
        return day + "/" + region + "/" + SERVICE;
    }
}
