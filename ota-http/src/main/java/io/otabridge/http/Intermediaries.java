package io.otabridge.http;

import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Origin;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What proxies, login portals and firewalls answer in place of a vendor (RFC 9110, section 3.7). None of it says anything about
 * the backend or its credentials.
 */
final class Intermediaries {

    static final int PROXY_LOGIN = 407;
    static final int NETWORK_LOGIN = 511;

    private static final Pattern TUNNEL_REFUSED = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private Intermediaries() {}

    /**
     * The failure of an answer that did not come from the vendor.
     *
     * @param showsPage whether the failure may show what a page says and the path that a redirect leads to; both may repeat a
     *     secret in the address that was requested
     * @return absent if the answer may be the vendor's
     */
    static Option<OtaFailure> failure(
            Origin origin,
            VendorRequest request,
            HttpAnswer answer,
            boolean showsPage,
            Redactor redactor,
            Clock clock) {
        if (answer.status() == PROXY_LOGIN) {
            return Option.some(wantsLogin(origin, request.url(), request.proxy()));
        }
        Option<WebPage> page = WebPage.in(answer);
        boolean isRedirect = answer.status() >= 300 && answer.status() <= 399;
        if (page.isEmpty() && answer.status() != NETWORK_LOGIN && !(isRedirect && answer.body().length == 0)) {
            return Option.none();
        }
        String where = where(request.url(), request.proxy());
        String kind = page.map(WebPage::kind).getOrElse("");
        String got = isRedirect
                ? "was redirected by " + where
                        + target(request.url(), answer, showsPage)
                                .flatMap(redactor::shown)
                                .map(target -> " to " + target)
                                .getOrElse("")
                : answer.status() == NETWORK_LOGIN
                        ? "was not reached: the network between asks for a login"
                        : "got " + kind + " from " + where + " in place of a response of the API";
        Option<String> words = page.filter(unused -> showsPage).flatMap(found -> found.shown(redactor));
        FailureDetails details = FailureDetails.of(
                        origin, "Backend " + origin.backend() + " " + got, advice(answer.status(), request.url()))
                .withStatus(answer.status())
                .withVendorReport(Option.none(), words, answer.requestId().flatMap(redactor::shown));
        return Option.some(kind(answer.status(), details, answer.retryAfter(clock)));
    }

    /** Where a redirect leads, without what may hold a token: user, query and fragment. */
    private static Option<String> target(HttpUrl url, HttpAnswer answer, boolean showsPath) {
        return answer.header("Location")
                .flatMap(location -> Option.of(url.resolve(location)))
                .map(found -> found.newBuilder()
                        .username("")
                        .password("")
                        .encodedPath(showsPath ? found.encodedPath() : "/")
                        .query(null)
                        .fragment(null)
                        .build()
                        .toString());
    }

    /** What HTTP says by a status, except that 401 and 403 are no refusal by the vendor. */
    private static OtaFailure kind(int status, FailureDetails details, Option<Duration> wait) {
        if (status == 429) {
            return new OtaFailure.RateLimited(details.withRetry(wait));
        }
        if (isPassing(status)) {
            return new OtaFailure.Unavailable(details.withRetry(wait));
        }
        return status < 400 || status == 401 || status == 403
                ? new OtaFailure.UnreadableResponse(details)
                : new OtaFailure.Rejected(details);
    }

    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != NETWORK_LOGIN);
    }

    static String advice(int status, HttpUrl url) {
        if (status == NETWORK_LOGIN) {
            return "Log in to the network that this machine uses, or ask who runs it";
        }
        if (isPassing(status)) {
            return "Try again later; a proxy or firewall on the way may have answered: if it stays, ask who runs the"
                    + " network, or the vendor's support";
        }
        String cause =
                "a proxy, a login portal or a firewall on the way probably answered: ask who runs the network to let"
                        + " requests to " + HostText.of(url)
                        + " through, and check that the endpoint is the vendor's API";
        return status >= 300 && status <= 399
                ? "Redirects are not followed, because credentials must not travel to another host; " + cause
                : cause.substring(0, 1).toUpperCase(Locale.ROOT) + cause.substring(1);
    }

    /** A proxy opened no tunnel: the status of its refusal; absent if the problem is another one. */
    static Option<Integer> refusedTunnel(IOException problem) {
        String message = Option.of(problem.getMessage()).getOrElse("");
        Matcher refused = TUNNEL_REFUSED.matcher(message);
        if (refused.find()) {
            return Option.some(Integer.valueOf(refused.group(1)));
        }
        boolean isLogin = message.equals("Failed to authenticate with proxy")
                || message.startsWith("SOCKS : authentication failed")
                || message.startsWith("Received HTTP_PROXY_AUTH (407) code");
        return Option.when(isLogin, PROXY_LOGIN);
    }

    static OtaFailure wantsLogin(Origin origin, HttpUrl url, Option<UsedProxy> proxy) {
        return new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        "Backend " + origin.backend() + " was not reached: " + loginWords(url, proxy),
                        loginAdvice(url, proxy))
                .withStatus(PROXY_LOGIN));
    }

    static String loginWords(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> "the proxy " + known.place()
                        + (known.hasLogin() ? " does not accept the login that it was sent" : " asks for a login"))
                .getOrElse(HostText.of(url) + " answered as a proxy that asks for a login, and no proxy is configured");
    }

    static String loginAdvice(HttpUrl url, Option<UsedProxy> proxy) {
        String setting = "environment variable " + variable(url);
        return proxy.map(known -> known.isSocks()
                        ? "Use a proxy without a login, or an HTTP proxy: set " + setting
                        : (known.hasLogin() ? "Correct user and password in " : "Set user and password in ") + setting
                                + ", as in http://user:password@" + known.place()
                                + " with special characters percent-encoded (an application's own HTTP client has a"
                                + " proxyAuthenticator for it); the only kind of login that is supported is Basic")
                .getOrElse("Ask who runs this network for its proxy, and set it in " + setting);
    }

    /** A proxy does not connect to the endpoint. */
    static String tunnelWords(HttpUrl url, Option<UsedProxy> proxy, int status) {
        return "the proxy" + proxy.map(known -> " " + known.place()).getOrElse("") + " does not connect to "
                + HostText.of(url) + " (HTTP " + status + ")";
    }

    static String tunnelAdvice(HttpUrl url) {
        return "Ask who runs the proxy to let requests to " + HostText.of(url) + " through, or name another one in "
                + settings(url);
    }

    /** Where the proxy for this address is configured. */
    static String settings(HttpUrl url) {
        return "the environment variable " + variable(url) + " or Java's system properties";
    }

    /** The variable that names the proxy for this address. */
    private static String variable(HttpUrl url) {
        return url.isHttps() ? "https_proxy" : "http_proxy";
    }

    /** The place that answered, and the proxy before it. */
    static String where(HttpUrl url, Option<UsedProxy> proxy) {
        return HostText.of(url)
                + proxy.map(known -> " through the proxy " + known.place()).getOrElse("");
    }
}
