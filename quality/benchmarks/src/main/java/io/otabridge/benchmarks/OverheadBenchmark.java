package io.otabridge.benchmarks;

import io.otabridge.client.chain.Call;
import io.otabridge.client.chain.Chain;
import io.otabridge.client.chain.CoalesceStep;
import io.otabridge.client.chain.Effect;
import io.otabridge.client.chain.Result;
import io.otabridge.client.chain.Step;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.client.ratelimit.Ticker;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.Vendor;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Path;

/** The overhead of rate limiting and request coalescing without contention. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OverheadBenchmark {

    /** An operation as in an adapter. */
    public interface Api {

        @GET("v5/iot/{project_id}/ota-upgrades/packages/{package_id}")
        PreparedRequest show(
                @Path("project_id") String projectId,
                @Header("Instance-Id") @Nullable String instanceId,
                @Path("package_id") String packageId);
    }

    /** A clock that runs a thousand times faster, so that a permit is always available. */
    private static final Ticker FAST = new Ticker() {

        @Override
        public long nanoTime() {
            return System.nanoTime() * 1000;
        }

        @Override
        public void park(long nanos) {
            throw new IllegalStateException("unexpected wait of " + nanos + " ns");
        }

        @Override
        public void unpark(Thread thread) {}
    };

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final AccountLimiter limiter = RateLimiter.over(QuotaStore.inMemory(FAST), FAST)
            .account("benchmark", RateLimits.perOperation(Rate.perSecond(1_000_000)));
    private final Chain coalesced = Chain.of(List.of(new CoalesceStep(() -> 0), new Step() {
        @Override
        @SuppressWarnings("unchecked")
        public <T> Result<T> execute(Call<T> call, Chain next) {
            return (Result<T>) result;
        }
    }));
    private final OperationContext origin = new OperationContext("prod", Vendor.of("huawei"), "ShowOtaPackage");
    private final PreparedRequest request = HttpTransport.shared()
            .retrofit(
                    new ConnectionSettings(
                            Endpoint.parse("https://iotda.cn-north-4.myhuaweicloud.com", false)
                                    .get(),
                            Option.none(),
                            CallOptions.defaults()),
                    unsigned -> unsigned)
            .create(Api.class)
            .show(
                    "04ed32dc1b0025b52fe3c01a27c2b0a8",
                    "1a7ffc5c-d89c-44dd-8265-b1653d951ce0",
                    "28f61af50fc9452aa0ed5ea25c3cc3d3");
    private final Result<HttpResponse> result =
            Result.ofRequest(Either.right(new HttpResponse(200, Headers.of(), new byte[0])));

    @Benchmark
    public PermitResult permit() {
        return limiter.await("ShowOtaPackage", Priority.INTERACTIVE, TIMEOUT);
    }

    /** The request has been built, and no other thread sends the same one. */
    @Benchmark
    public Either<OtaFailure, HttpResponse> coalesce() {
        return coalesced
                .proceed(Call.of(origin, Effect.READ, Priority.INTERACTIVE, request, Either::right, TIMEOUT))
                .outcome();
    }
}
