package io.otabridge.testkit.aliyun;

/** Who may call, and with what. */
record AliyunAccount(String accessKey, String secretKey, String securityToken) {}
