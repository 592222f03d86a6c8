package io.otabridge.aliyun;

import io.otabridge.domain.TextRule;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.backend.Settings;
import io.otabridge.http.AccessKey;
import io.otabridge.http.Connection;
import io.vavr.control.Option;

/**
 * The settings of one backend on the platform.
 *
 * @param connection where calls go
 * @param instanceId sent as {@code IotInstanceId} where configured; old public instances must not send one
 * @param accessKey who calls
 * @param olderSignature whether requests are signed with HMAC-SHA1 instead of ACS3-HMAC-SHA256
 */
record AliyunSettings(Connection connection, Option<String> instanceId, AccessKey accessKey, boolean olderSignature) {

    private static final String ACS3 = "acs3-hmac-sha256";
    private static final String RPC = "hmac-sha1";

    /** Instance ids have several forms and are documented as opaque. */
    private static final TextRule INSTANCE_ID = TextRule.opaque("instance id", 128);

    /** Reads every setting this vendor knows; absent if a fault was noted. */
    static Option<AliyunSettings> read(Settings settings, BackendContext context) {
        Option<Connection> connection = Connection.read(settings, region -> "https://iot." + region + ".aliyuncs.com");
        Option<String> instanceId = settings.text("instance-id", INSTANCE_ID);
        boolean older = settings.choice("signature", ACS3, RPC).contains(RPC);
        Option<AccessKey> accessKey = AliyunCredentials.read(settings, context);
        return connection.flatMap(where -> accessKey.map(who -> new AliyunSettings(where, instanceId, who, older)));
    }
}
