package io.otabridge.client.error;

import io.otabridge.client.config.HostAndPort;
import io.otabridge.client.proxy.UsedProxy;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.domain.FailureDetails;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.vavr.control.Option;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What proxies, login portals and firewalls answer in place of a vendor (RFC 9110, section 3.7). None of it says anything about
 * the backend or its credentials.
 */
public final class IntermediaryResponses {

    public static final int PROXY_LOGIN = 407;
    public static final int NETWORK_LOGIN = 511;

    private static final Pattern TUNNEL_REFUSED = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private IntermediaryResponses() {}

    /**
     * The failure of an answer that did not come from the vendor.
     *
     * @param showsPage whether the failure may show what a page says and the path that a redirect leads to; both may repeat a
     *     secret in the address that was requested
     * @return absent if the answer may be the vendor's
     */
    public static Option<OtaFailure> failure(
            OperationContext origin,
            PreparedRequest request,
            HttpResponse answer,
            boolean showsPage,
            Redactor redactor,
            Clock clock) {
        if (answer.status() == PROXY_LOGIN) {
            return Option.some(wantsLogin(origin, request.url(), request.proxy()));
        }
        Option<HtmlErrorPage> page = HtmlErrorPage.in(answer);
        boolean isRedirect = answer.status() >= 300 && answer.status() <= 399;
        if (page.isEmpty() && answer.status() != NETWORK_LOGIN && !(isRedirect && answer.body().length == 0)) {
            return Option.none();
        }
        Message where = where(request.url(), request.proxy());
        String kind = page.map(HtmlErrorPage::kind).getOrElse("");
        String backend = origin.backend();
        Message summary = isRedirect
                ? target(request.url(), answer, showsPage)
                        .flatMap(redactor::shown)
                        .map(target -> Message.of("Backend {0} was redirected by {1} to {2}", backend, where, target))
                        .getOrElse(() -> Message.of("Backend {0} was redirected by {1}", backend, where))
                : answer.status() == NETWORK_LOGIN
                        ? Message.of("Backend {0} was not reached: the network between asks for a login", backend)
                        : Message.of(
                                "Backend {0} got {1} from {2} in place of a response of the API", backend, kind, where);
        Option<String> words = page.filter(unused -> showsPage).flatMap(found -> found.shown(redactor));
        FailureDetails details = FailureDetails.of(origin, summary, advice(answer.status(), request.url()))
                .withStatus(answer.status())
                .withVendorError(Option.none(), words, answer.requestId().flatMap(redactor::shown));
        return Option.some(kind(answer.status(), details, answer.retryAfter(clock)));
    }

    /** Where a redirect leads, without what may hold a token: user, query and fragment. */
    private static Option<String> target(HttpUrl url, HttpResponse answer, boolean showsPath) {
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

    public static Message advice(int status, HttpUrl url) {
        if (status == NETWORK_LOGIN) {
            return Message.of("Log in to the network that this machine uses, or ask who runs it");
        }
        if (isPassing(status)) {
            return Message.of(
                    "Try again later; a proxy or firewall on the way may have answered: if it stays, ask who runs"
                            + " the network, or the vendor's support");
        }
        return status >= 300 && status <= 399
                ? Message.of(
                        "Redirects are not followed, because credentials must not travel to another host; a proxy, a login"
                                + " portal or a firewall on the way probably answered: ask who runs the network to let"
                                + " requests to {0} through, and check that the endpoint is the vendor's API",
                        HostAndPort.of(url))
                : Message.of(
                        "A proxy, a login portal or a firewall on the way probably answered: ask who runs the network to let"
                                + " requests to {0} through, and check that the endpoint is the vendor's API",
                        HostAndPort.of(url));
    }

    /** A proxy opened no tunnel: the status of its refusal; absent if the problem is another one. */
    public static Option<Integer> refusedTunnel(IOException problem) {
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

    public static OtaFailure wantsLogin(OperationContext origin, HttpUrl url, Option<UsedProxy> proxy) {
        return new OtaFailure.Rejected(FailureDetails.of(
                        origin,
                        Message.of("Backend {0} was not reached: {1}", origin.backend(), loginWords(url, proxy)),
                        loginAdvice(url, proxy))
                .withStatus(PROXY_LOGIN));
    }

    public static Message loginWords(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> known.hasLogin()
                        ? Message.of("the proxy {0} does not accept the login that it was sent", known.place())
                        : Message.of("the proxy {0} asks for a login", known.place()))
                .getOrElse(() -> Message.of(
                        "{0} answered as a proxy that asks for a login, and no proxy is configured",
                        HostAndPort.of(url)));
    }

    public static Message loginAdvice(HttpUrl url, Option<UsedProxy> proxy) {
        String variable = variable(url);
        if (proxy.isEmpty()) {
            return Message.of(
                    "Ask who runs this network for its proxy, and set it in environment variable {0}", variable);
        }
        if (proxy.get().isSocks()) {
            return Message.of("Use a proxy without a login, or an HTTP proxy: set environment variable {0}", variable);
        }
        String rest = " user and password in environment variable {0}, as in http://user:password@{1} with special"
                + " characters percent-encoded (an application's own HTTP client has a proxyAuthenticator for it); the only"
                + " kind of login that is supported is Basic";
        return Message.of(
                (proxy.get().hasLogin() ? "Correct" : "Set") + rest,
                variable,
                proxy.get().place());
    }

    /** A proxy does not connect to the endpoint. */
    public static Message tunnelWords(HttpUrl url, Option<UsedProxy> proxy, int status) {
        return proxy.map(known -> Message.of(
                        "the proxy {0} does not connect to {1} (HTTP {2})", known.place(), HostAndPort.of(url), status))
                .getOrElse(
                        () -> Message.of("the proxy does not connect to {0} (HTTP {1})", HostAndPort.of(url), status));
    }

    public static Message tunnelAdvice(HttpUrl url) {
        return Message.of(
                "Ask who runs the proxy to let requests to {0} through, or name another one in {1}",
                HostAndPort.of(url), settings(url));
    }

    /** Where the proxy for this address is configured. */
    public static Message settings(HttpUrl url) {
        return Message.of("the environment variable {0} or Java's system properties", variable(url));
    }

    /** The variable that names the proxy for this address. */
    private static String variable(HttpUrl url) {
        return url.isHttps() ? "https_proxy" : "http_proxy";
    }

    /** The place that answered, and the proxy before it. */
    public static Message where(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> Message.of("{0} through the proxy {1}", HostAndPort.of(url), known.place()))
                .getOrElse(() -> Message.of("{0}", HostAndPort.of(url)));
    }
}
