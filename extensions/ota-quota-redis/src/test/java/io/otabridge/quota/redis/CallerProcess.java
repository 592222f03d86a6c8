package io.otabridge.quota.redis;

import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.PermitResult;
import io.otabridge.client.ratelimit.Priority;
import io.otabridge.client.ratelimit.QuotaStore;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.domain.backend.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * One of several processes that call a vendor at the full rate: {@code CallerProcess REDIS VENDOR LIMIT THREADS SECONDS}. Prints
 * {@code ready}, starts when it reads a line, and finally prints the number of permits of each thread.
 */
final class CallerProcess {

    private final URI vendor;
    private final AccountLimiter account;

    private CallerProcess(URI vendor, AccountLimiter account) {
        this.vendor = vendor;
        this.account = account;
    }

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        QuotaStore store = QuotaStore.at(Secret.of(args[0]), 0.25).get();
        AccountLimiter account = RateLimiter.over(store)
                .account("acme", RateLimits.perOperation(Rate.perSecond(Integer.parseInt(args[2]))));
        new CallerProcess(URI.create(args[1]), account)
                .run(Integer.parseInt(args[3]), Duration.ofSeconds(Long.parseLong(args[4])));
        System.exit(0);
    }

    private void run(int threads, Duration time) throws Exception {
        AtomicIntegerArray permits = new AtomicIntegerArray(threads);
        account.await("WarmUp", Priority.INTERACTIVE, Duration.ofSeconds(30));
        CountDownLatch warm = new CountDownLatch(threads);
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(threads);
        long[] end = {0};
        for (int i = 0; i < threads; i++) {
            int me = i;
            new Thread(() -> {
                        warmUp();
                        warm.countDown();
                        await(begin);
                        while (account.await(
                                        "Query", Priority.INTERACTIVE, Duration.ofNanos(end[0] - System.nanoTime()))
                                instanceof PermitResult.Granted) {
                            call("/");
                            permits.incrementAndGet(me);
                        }
                        done.countDown();
                    })
                    .start();
        }
        warm.await();
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("standard input was closed before the start");
        }
        end[0] = System.nanoTime() + time.toNanos();
        begin.countDown();
        done.await();
        System.out.println(permits);
    }

    /** Loads classes and opens the connection, so that the first permits are not used late. */
    private void warmUp() {
        call("/warm-up");
    }

    private void call(String path) {
        try {
            HttpURLConnection call =
                    (HttpURLConnection) vendor.resolve(path).toURL().openConnection();
            int status = call.getResponseCode();
            if (status == 429) {
                account.throttled("Query", Duration.ofSeconds(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
