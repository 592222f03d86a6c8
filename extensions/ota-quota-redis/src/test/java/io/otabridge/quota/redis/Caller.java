package io.otabridge.quota.redis;

import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.Permit;
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
 * One process of several that call a vendor as often as they may: {@code Caller REDIS VENDOR LIMIT THREADS SECONDS}. Says
 * {@code ready}, begins when it reads something, and at the end says how many turns each of its threads had.
 */
final class Caller {

    private final URI vendor;
    private final AccountLimiter quota;

    private Caller(URI vendor, AccountLimiter quota) {
        this.vendor = vendor;
        this.quota = quota;
    }

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            problem.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        QuotaStore store = QuotaStore.at(Secret.of(args[0]), 0.25).get();
        AccountLimiter quota =
                RateLimiter.over(store).account("acme", RateLimits.each(Rate.perSecond(Integer.parseInt(args[2]))));
        new Caller(URI.create(args[1]), quota)
                .run(Integer.parseInt(args[3]), Duration.ofSeconds(Long.parseLong(args[4])));
        System.exit(0);
    }

    private void run(int threads, Duration time) throws Exception {
        AtomicIntegerArray turns = new AtomicIntegerArray(threads);
        quota.await("WarmUp", Priority.INTERACTIVE, Duration.ofSeconds(30));
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
                        while (quota.await("Query", Priority.INTERACTIVE, Duration.ofNanos(end[0] - System.nanoTime()))
                                instanceof Permit.Taken) {
                            call("/");
                            turns.incrementAndGet(me);
                        }
                        done.countDown();
                    })
                    .start();
        }
        warm.await();
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("nobody is there to begin");
        }
        end[0] = System.nanoTime() + time.toNanos();
        begin.countDown();
        done.await();
        System.out.println(turns);
    }

    /** Loads classes and connects, so that the first turns are not used late. */
    private void warmUp() {
        call("/warm-up");
    }

    private void call(String path) {
        try {
            HttpURLConnection call =
                    (HttpURLConnection) vendor.resolve(path).toURL().openConnection();
            int status = call.getResponseCode();
            if (status == 429) {
                quota.throttled("Query", Duration.ofSeconds(1));
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
