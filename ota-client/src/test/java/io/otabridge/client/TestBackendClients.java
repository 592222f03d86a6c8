package io.otabridge.client;

import io.otabridge.client.chain.Call;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.Effect;
import io.otabridge.client.chain.Result;
import io.otabridge.client.chain.Step;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** Calls and final steps for tests of single steps. */
public final class TestBackendClients {

    public static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "Show");

    private interface Api {
        @GET
        PreparedRequest get(@Url HttpUrl url);
    }

    private static final Api API = HttpTransport.shared()
            .retrofit(
                    new ConnectionSettings(
                            Endpoint.parse("https://h", false).get(), Option.none(), CallOptions.defaults()),
                    request -> request)
            .create(Api.class);

    private TestBackendClients() {}

    /** A read of this address, whose response is not decoded. */
    public static Call<HttpResponse> read(String url, Duration timeout) {
        return call(Effect.READ, url, timeout);
    }

    public static Call<HttpResponse> call(Effect effect, String url, Duration timeout) {
        return Call.of(ORIGIN, effect, Priority.INTERACTIVE, API.get(HttpUrl.get(url)), Either::right, timeout);
    }

    /** A read with this deadline, as {@link System#nanoTime}. */
    public static Call<String> readUntil(long deadline) {
        return Call.until(
                deadline,
                ORIGIN,
                Effect.READ,
                Priority.INTERACTIVE,
                API.get(HttpUrl.get("https://h/a")),
                response -> Either.right("read"),
                CallOptions.DEFAULT_TIMEOUT);
    }

    /** A final step that returns the result of the supplier. */
    public static Step last(Supplier<? extends Result<?>> result) {
        return new Step() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Result<T> execute(Call<T> call, Chain next) {
                return (Result<T>) result.get();
            }
        };
    }

    /** A final step that returns the outcome of the supplier, as if a request had been sent. */
    public static Step sending(Supplier<? extends Either<OtaFailure, ?>> outcome) {
        return last(() -> Result.ofRequest(outcome.get()));
    }
}
