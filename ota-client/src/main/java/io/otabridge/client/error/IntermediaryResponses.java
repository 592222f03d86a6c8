package io.otabridge.client.error;

import io.otabridge.client.config.HostPortFormatter;
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
 * Responses of proxies, login portals and firewalls in place of a vendor (RFC 9110, section 3.7). They are not evidence
 * about the backend or its credentials.
 */
public final class IntermediaryResponses {

    public static final int PROXY_LOGIN = 407;
    public static final int NETWORK_LOGIN = 511;

    private static final Pattern TUNNEL_REFUSED = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    private IntermediaryResponses() {}

    /**
     * The failure of a response that the vendor did not send.
     *
     * @param showsPage whether the failure may contain the text of a page and the path of a redirect, both of which may
     *     repeat a secret in the requested URL
     * @return absent if the response may be from the vendor
     */
    public static Option<OtaFailure> failure(
            OperationContext origin,
            PreparedRequest request,
            HttpResponse response,
            boolean showsPage,
            Redactor redactor,
            Clock clock) {
        if (response.status() == PROXY_LOGIN) {
            return Option.some(loginRequired(origin, request.url(), request.proxy()));
        }
        Option<HtmlErrorPage> page = HtmlErrorPage.in(response);
        boolean isRedirect = response.status() >= 300 && response.status() <= 399;
        if (page.isEmpty() && response.status() != NETWORK_LOGIN && !(isRedirect && response.body().length == 0)) {
            return Option.none();
        }
        Message where = where(request.url(), request.proxy());
        String kind = page.map(HtmlErrorPage::kind).getOrElse("");
        String backend = origin.backend();
        Message summary = isRedirect
                ? target(request.url(), response, showsPage)
                        .flatMap(redactor::sanitize)
                        .map(target -> Message.of("Backend {0} was redirected by {1} to {2}", backend, where, target))
                        .getOrElse(() -> Message.of("Backend {0} was redirected by {1}", backend, where))
                : response.status() == NETWORK_LOGIN
                        ? Message.of("Backend {0} was not reached: the network asks for a login", backend)
                        : Message.of(
                                "Backend {0} received {1} from {2} instead of an API response", backend, kind, where);
        Option<String> text = page.filter(unused -> showsPage).flatMap(found -> found.shown(redactor));
        FailureDetails details = FailureDetails.of(origin, summary, advice(response.status(), request.url()))
                .withStatus(response.status())
                .withVendorError(Option.none(), text, response.requestId().flatMap(redactor::sanitize));
        return Option.some(kind(response.status(), details, response.retryAfter(clock)));
    }

    /** The target of a redirect, without the parts that may hold a token: user, query and fragment. */
    private static Option<String> target(HttpUrl url, HttpResponse response, boolean showsPath) {
        return response.header("Location")
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

    /** The failure for a status as in HTTP, except that 401 and 403 are not from the vendor. */
    private static OtaFailure kind(int status, FailureDetails details, Option<Duration> wait) {
        if (status == 429) {
            return new OtaFailure.RateLimited(details.withRetry(wait));
        }
        if (isTemporary(status)) {
            return new OtaFailure.Unavailable(details.withRetry(wait));
        }
        return status < 400 || status == 401 || status == 403
                ? new OtaFailure.UnreadableResponse(details)
                : new OtaFailure.Rejected(details, OtaFailure.Rejected.Subject.NETWORK);
    }

    private static boolean isTemporary(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != NETWORK_LOGIN);
    }

    public static Message advice(int status, HttpUrl url) {
        if (status == NETWORK_LOGIN) {
            return Message.of("Log in to the network of this machine, or ask the network administrator");
        }
        if (isTemporary(status)) {
            return Message.of(
                    "Retry later; a proxy or firewall may have sent this response: if it persists, ask the network"
                            + " administrator or the vendor's support");
        }
        return status >= 300 && status <= 399
                ? Message.of(
                        "Redirects are not followed, because credentials must not be sent to another host; a proxy, login"
                                + " portal or firewall probably sent this response: ask the network administrator to"
                                + " allow requests to {0}, and check that the endpoint is the vendor's API",
                        HostPortFormatter.of(url))
                : Message.of(
                        "A proxy, login portal or firewall probably sent this response: ask the network administrator to"
                                + " allow requests to {0}, and check that the endpoint is the vendor's API",
                        HostPortFormatter.of(url));
    }

    /** The status with which a proxy rejected a tunnel; absent if the exception has another cause. */
    public static Option<Integer> refusedTunnel(IOException e) {
        String message = Option.of(e.getMessage()).getOrElse("");
        Matcher rejected = TUNNEL_REFUSED.matcher(message);
        if (rejected.find()) {
            return Option.some(Integer.valueOf(rejected.group(1)));
        }
        boolean isLogin = message.equals("Failed to authenticate with proxy")
                || message.startsWith("SOCKS : authentication failed")
                || message.startsWith("Received HTTP_PROXY_AUTH (407) code");
        return Option.when(isLogin, PROXY_LOGIN);
    }

    public static OtaFailure loginRequired(OperationContext origin, HttpUrl url, Option<UsedProxy> proxy) {
        return new OtaFailure.Rejected(
                FailureDetails.of(
                                origin,
                                Message.of(
                                        "Backend {0} was not reached: {1}", origin.backend(), loginWords(url, proxy)),
                                loginAdvice(url, proxy))
                        .withStatus(PROXY_LOGIN),
                OtaFailure.Rejected.Subject.NETWORK);
    }

    public static Message loginWords(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> known.hasLogin()
                        ? Message.of("the proxy {0} rejected the login", known.address())
                        : Message.of("the proxy {0} asks for a login", known.address()))
                .getOrElse(() -> Message.of(
                        "{0} responded like a proxy that asks for a login, but no proxy is configured",
                        HostPortFormatter.of(url)));
    }

    public static Message loginAdvice(HttpUrl url, Option<UsedProxy> proxy) {
        String variable = variable(url);
        if (proxy.isEmpty()) {
            return Message.of(
                    "Ask the network administrator for the proxy, and set it in environment variable {0}", variable);
        }
        if (proxy.get().isSocks()) {
            return Message.of("Use a proxy without a login, or an HTTP proxy: set environment variable {0}", variable);
        }
        String rest = " user and password in environment variable {0}, as in http://user:password@{1} with special"
                + " characters percent-encoded (set a proxyAuthenticator on an application's own HTTP client); only Basic"
                + " authentication is supported";
        return Message.of(
                (proxy.get().hasLogin() ? "Correct" : "Set") + rest,
                variable,
                proxy.get().address());
    }

    /** The problem of a proxy that does not connect to the endpoint. */
    public static Message tunnelWords(HttpUrl url, Option<UsedProxy> proxy, int status) {
        return proxy.map(known -> Message.of(
                        "the proxy {0} does not connect to {1} (HTTP {2})",
                        known.address(), HostPortFormatter.of(url), status))
                .getOrElse(() ->
                        Message.of("the proxy does not connect to {0} (HTTP {1})", HostPortFormatter.of(url), status));
    }

    public static Message tunnelAdvice(HttpUrl url) {
        return Message.of(
                "Ask the administrator of the proxy to allow requests to {0}, or set another proxy in {1}",
                HostPortFormatter.of(url), settings(url));
    }

    /** The settings that name the proxy for this address. */
    public static Message settings(HttpUrl url) {
        return Message.of("the environment variable {0} or Java's system properties", variable(url));
    }

    /** The variable that names the proxy for this address. */
    private static String variable(HttpUrl url) {
        return url.isHttps() ? "https_proxy" : "http_proxy";
    }

    /** The host that responded, and its proxy. */
    public static Message where(HttpUrl url, Option<UsedProxy> proxy) {
        return proxy.map(known -> Message.of("{0} through the proxy {1}", HostPortFormatter.of(url), known.address()))
                .getOrElse(() -> Message.of("{0}", HostPortFormatter.of(url)));
    }
}
