package io.otabridge.huawei;

import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.Backend;
import io.otabridge.domain.firmware.FirmwareQueryPort;
import io.otabridge.domain.module.ModuleQueryPort;
import io.otabridge.http.AccessKey;
import io.otabridge.http.BackendCalls;
import io.otabridge.http.HttpTransport;
import io.otabridge.http.Redactor;
import java.time.Clock;
import okhttp3.Interceptor;

/** One account on IoTDA. */
final class HuaweiBackend implements Backend {

    private final String name;
    private final HuaweiSettings settings;
    private final FirmwareQueryPort firmware;
    private final ModuleQueryPort modules;

    HuaweiBackend(String name, HuaweiSettings settings, HttpTransport transport, Clock clock) {
        this.name = name;
        this.settings = settings;
        HuaweiApi api = transport
                .retrofit(settings.connection(), signing(settings, clock))
                .create(HuaweiApi.class);
        BackendCalls calls = new BackendCalls(
                name,
                HuaweiProvider.VENDOR,
                Redactor.hiding(settings.credentials().secrets()),
                clock);
        this.firmware = new HuaweiFirmwareQuery(api, settings, calls);
        this.modules = new HuaweiModuleQuery(api, settings, calls);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vendor vendor() {
        return HuaweiProvider.VENDOR;
    }

    @Override
    public String endpoint() {
        return settings.connection().endpoint().toString();
    }

    @Override
    public String authentication() {
        if (settings.credentials() instanceof HuaweiCredentials.Token) {
            return "IAM token";
        }
        return settings.derivedForRegion()
                .map(region -> "AK/SK, key derived for " + region)
                .getOrElse("AK/SK, plain signature");
    }

    @Override
    public ModuleQueryPort modules() {
        return modules;
    }

    @Override
    public FirmwareQueryPort firmware() {
        return firmware;
    }

    private static Interceptor signing(HuaweiSettings settings, Clock clock) {
        if (settings.credentials() instanceof HuaweiCredentials.Token byToken) {
            return chain -> chain.proceed(chain.request()
                    .newBuilder()
                    .header("X-Auth-Token", byToken.token().reveal())
                    .build());
        }
        AccessKey key = ((HuaweiCredentials.Key) settings.credentials()).accessKey();
        return new AkskSigning(key, settings.derivedForRegion(), clock);
    }
}
