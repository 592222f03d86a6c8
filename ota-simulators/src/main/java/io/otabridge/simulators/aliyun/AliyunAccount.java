package io.otabridge.simulators.aliyun;

/** Who may call, and with what. */
record AliyunAccount(String accessKey, String secretKey, String securityToken) {}
