/**
 * An Alibaba Cloud IoT Platform of your own, on this machine: {@link io.otabridge.testkit.aliyun.AliyunSimulator} speaks
 * the RPC API 2018-01-20 over HTTP, in JSON and XML, and checks every signature as the service does. Start with the
 * simulator; add content as {@link io.otabridge.testkit.aliyun.AliyunModule} and
 * {@link io.otabridge.testkit.aliyun.AliyunFirmware}.
 */
@NullMarked
package io.otabridge.testkit.aliyun;

import org.jspecify.annotations.NullMarked;
