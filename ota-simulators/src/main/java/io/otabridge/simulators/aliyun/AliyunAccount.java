package io.otabridge.simulators.aliyun;

/** The credentials of the simulated account. */
record AliyunAccount(String accessKey, String secretKey, String securityToken) {}
