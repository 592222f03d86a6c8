package io.otabridge.http;

import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.otabridge.http.quota.Priority;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** Calls and last steps for tests of single steps. */
final class TestCalls {

    static final OperationContext ORIGIN = new OperationContext("prod", Vendor.of("acme"), "Show");

    private interface Api {
        @GET
        VendorRequest get(@Url HttpUrl url);
    }

    private static final Api API = HttpTransport.shared()
            .retrofit(
                    new Connection(Endpoint.parse("https://h", false).get(), Option.none(), CallLimits.usual()),
                    request -> request)
            .create(Api.class);

    private TestCalls() {}

    /** A read of this address, whose response is not decoded. */
    static Call<HttpAnswer> read(String url, Duration timeout) {
        return call(Effect.READ, url, timeout);
    }

    static Call<HttpAnswer> call(Effect effect, String url, Duration timeout) {
        return Call.of(ORIGIN, effect, Priority.INTERACTIVE, API.get(HttpUrl.get(url)), Either::right, timeout);
    }

    /** A read that ends at this moment, by {@link System#nanoTime}. */
    static Call<String> readUntil(long deadline) {
        return Call.until(
                deadline,
                ORIGIN,
                Effect.READ,
                Priority.INTERACTIVE,
                API.get(HttpUrl.get("https://h/a")),
                response -> Either.right("read"),
                CallLimits.DEFAULT_TIMEOUT);
    }

    /** A last step that gives the result of the supplier. */
    static Step last(Supplier<? extends Result<?>> result) {
        return new Step() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Result<T> execute(Call<T> call, Chain next) {
                return (Result<T>) result.get();
            }
        };
    }

    /** A last step that gives the outcome of the supplier, as if a request had been sent. */
    static Step sending(Supplier<? extends Either<OtaFailure, ?>> outcome) {
        return last(() -> Result.ofRequest(outcome.get()));
    }
}
