package io.otabridge.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.otabridge.client.chain.Effect;
import io.otabridge.client.config.CallOptions;
import io.otabridge.client.config.ConnectionSettings;
import io.otabridge.client.config.Endpoint;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.error.VendorError;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.ratelimit.AccountLimiter;
import io.otabridge.client.ratelimit.Rate;
import io.otabridge.client.ratelimit.RateLimiter;
import io.otabridge.client.ratelimit.RateLimits;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.client.transport.HttpTransport;
import io.otabridge.client.transport.PreparedRequest;
import io.otabridge.client.transport.RawServer;
import io.otabridge.domain.Capabilities;
import io.otabridge.domain.Capability;
import io.otabridge.domain.DeleteResult;
import io.otabridge.domain.Message;
import io.otabridge.domain.OperationContext;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.StringConstraint;
import io.otabridge.domain.Vendor;
import io.otabridge.domain.backend.BackendContext;
import io.otabridge.domain.observation.BackendObserver;
import io.otabridge.domain.observation.CallObservation;
import io.otabridge.domain.observation.ChangeEvent;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** The behaviour that is common to all operations, over real sockets. */
class OperationClientTest {

    private static final CallOptions LIMITS = new CallOptions(Duration.ofSeconds(30), 1_000, 1, false);
    private static final StringConstraint ID = StringConstraint.matching("thing id", "[a-z]{1,8}", "1 to 8 letters");
    private static final String INVALID = "NOT AN ID";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    interface Api {
        @GET("things/{id}")
        PreparedRequest show(@Path("id") String id);

        @POST("things")
        PreparedRequest create(@Body RequestBody body);

        @DELETE("things/{id}")
        PreparedRequest delete(@Path("id") String id);
    }

    /** Reports an error as a status and, if there is a body, a code. */
    private static final class Protocol implements VendorResponseDecoder {

        @Override
        public <D, T> Either<OtaFailure, T> decode(
                VendorResponse response, LenientJsonReader<D> reader, Function<D, Either<String, T>> mapping) {
            return response.http().isSuccess()
                    ? reader.read(response.http().body())
                            .flatMap(mapping)
                            .mapLeft(reason -> response.unreadable(reason, Option.none()))
                    : Either.left(failure(response));
        }

        @Override
        public Either<OtaFailure, DeleteResult> decodeDeletion(VendorResponse response) {
            return response.http().isSuccess() ? Either.right(DeleteResult.DELETED) : Either.left(failure(response));
        }

        private static OtaFailure failure(VendorResponse response) {
            HttpResponse http = response.http();
            Option<String> code = Option.of(new String(http.body(), UTF_8)).filter(text -> !text.isEmpty());
            return response.failure(
                    http.status() == 404 ? ErrorRule.notFound("Check the id") : ErrorRule.byStatus(http.status()),
                    VendorError.of(code, Option.none(), Option.none(), response.redactor()));
        }
    }

    private final List<ChangeEvent> changes = new ArrayList<>();
    private Api api;
    private OperationClient client;
    private Operation<String, String> show;
    private Operation<String, String> create;
    private Operation<String, DeleteResult> delete;

    /** Each test has its own connection pool. */
    @BeforeEach
    void openClient() {
        api = HttpTransport.over(new OkHttpClient())
                .retrofit(
                        new ConnectionSettings(
                                Endpoint.parse(SERVER.baseUrl(), false).get(), Option.none(), LIMITS),
                        request -> request)
                .create(Api.class);
        client = client(LIMITS, Option.none());
        show = Operation.<String>read("Show")
                .subject("thing {0}", id -> id)
                .valid(ID, id -> id)
                .request(api::show)
                .json(LenientJsonReader.of(JsonNode.class), (id, body) -> Either.right(id));
        create = Operation.<String>change("Create")
                .subject(
                        id -> Message.of("the creation of thing {0}", id),
                        id -> Message.of("the shelf of thing {0}", id))
                .valid(ID, id -> id)
                .request(id -> api.create(RequestBody.create("{}", null)))
                .json(LenientJsonReader.of(JsonNode.class), (id, body) -> Either.right(id));
        delete = deletion(Effect.IDEMPOTENT_CHANGE).deleted();
    }

    private OperationClient client(CallOptions limits, Option<AccountLimiter> quota) {
        BackendClient calls = new BackendClient(
                "prod",
                Vendor.of("acme"),
                Redactor.hiding(io.vavr.collection.List.of("secretid")),
                BackendContext.system().withResource(BackendObserver.class, new BackendObserver() {
                    @Override
                    public CallObservation started(OperationContext origin) {
                        return CallObservation.NONE;
                    }

                    @Override
                    public void changed(ChangeEvent event) {
                        changes.add(event);
                    }
                }),
                limits,
                quota);
        Capabilities capabilities = Capabilities.of(Capability.FIND_FIRMWARE)
                .without(Capability.SOFTWARE_PACKAGES, "Keep software as a module");
        return new OperationClient(calls, new Protocol(), capabilities);
    }

    private Operation.Builder<String> deletion(Effect effect) {
        return (effect == Effect.CHANGE ? Operation.<String>change("Delete") : Operation.<String>deletion("Delete"))
                .subject("thing {0}", id -> id)
                .valid(ID, id -> id)
                .request(api::delete);
    }

    private Either<OtaFailure, DeleteResult> delete(Operation<String, DeleteResult> operation, String id) {
        return client.delete(operation, id, () -> client.read(show, "a"));
    }

    private static void respond(ResponseDefinitionBuilder response) {
        SERVER.stubFor(any(anyUrl()).willReturn(response));
    }

    @Test
    void a_read_returns_the_decoded_response() {
        respond(okJson("{}"));

        assertThat(client.read(show, "a")).contains("a");
    }

    @Test
    void sends_nothing_for_an_input_that_violates_a_requirement() {
        respond(okJson("{}"));

        assertThat(client.read(show, INVALID).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(client.change(create, INVALID, INVALID).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(delete(delete, INVALID).getLeft()).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(client.check(create, INVALID).getLeft()).isInstanceOf(OtaFailure.Rejected.class);

        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_missing_capability_is_unsupported_and_nothing_is_sent() {
        Operation<String, String> software = Operation.<String>read("List")
                .needs(Capability.SOFTWARE_PACKAGES, id -> id.startsWith("s"))
                .request(api::show)
                .json(LenientJsonReader.of(JsonNode.class), (id, body) -> Either.right(id));
        respond(okJson("{}"));

        OtaFailure failure = client.read(software, "s").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(failure.advice()).contains("Keep software as a module");
        SERVER.verify(0, anyRequestedFor(anyUrl()));
        assertThat(client.read(software, "other")).contains("other");
    }

    @Test
    void the_first_violated_requirement_is_reported() {
        Operation<String, String> strict = Operation.<String>read("List")
                .needs(Capability.SOFTWARE_PACKAGES, id -> true)
                .valid(ID, id -> id)
                .request(api::show)
                .json(LenientJsonReader.of(JsonNode.class), (id, body) -> Either.right(id));

        assertThat(client.read(strict, INVALID).getLeft()).isInstanceOf(OtaFailure.Unsupported.class);
    }

    @Test
    void a_method_without_an_operation_is_unsupported() {
        OtaFailure failure = client.unsupported(Capability.SOFTWARE_PACKAGES);

        assertThat(failure).isInstanceOf(OtaFailure.Unsupported.class);
        assertThat(failure.operation()).isEqualTo(Capability.SOFTWARE_PACKAGES.code());
        assertThat(failure.advice()).contains("Keep software as a module");
    }

    @Test
    void a_dry_run_of_a_change_sends_nothing() {
        respond(okJson("{}"));

        assertThat(client.dryRun().change(create, "a", "intended")).contains("intended");
        assertThat(client.dryRun().change(create, INVALID, "intended").getLeft())
                .isInstanceOf(OtaFailure.Rejected.class);

        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_dry_run_of_a_deletion_only_looks_up_the_thing() {
        respond(okJson("{}"));

        assertThat(client.dryRun().delete(delete, "a", () -> client.dryRun().read(show, "a")))
                .contains(DeleteResult.DELETED);

        SERVER.verify(1, getRequestedFor(anyUrl()));
        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void a_dry_run_of_a_deletion_finds_nothing_to_delete() {
        respond(status(404));

        assertThat(client.dryRun().delete(delete, "a", () -> client.read(show, "a")))
                .contains(DeleteResult.NOT_FOUND);

        SERVER.verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void a_dry_run_of_a_deletion_fails_if_the_lookup_fails() {
        respond(status(403));

        assertThat(client.dryRun()
                        .delete(delete, "a", () -> client.read(show, "a"))
                        .getLeft())
                .isInstanceOf(OtaFailure.AccessDenied.class);
    }

    @Test
    void a_change_is_sent_once_although_the_pooled_connection_is_closed() {
        respond(okJson("{}"));
        client.read(show, "a").get();
        SERVER.resetAll();
        respond(aResponse().withFault(Fault.EMPTY_RESPONSE));

        assertThat(client.change(create, "a", "a").getLeft()).isInstanceOf(OtaFailure.OutcomeUnknown.class);

        SERVER.verify(1, anyRequestedFor(anyUrl()));
    }

    @Test
    void a_deletion_is_retried_and_a_deletion_by_change_is_not() {
        respond(status(500));

        delete(delete, "a");
        SERVER.verify(2, deleteRequestedFor(anyUrl()));

        delete(deletion(Effect.CHANGE).deleted(), "a");
        SERVER.verify(3, deleteRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "READ")
    void a_deletion_of_what_does_not_exist_is_absent(Effect effect) {
        respond(status(404));

        assertThat(delete(deletion(effect).deleted(), "a")).contains(DeleteResult.NOT_FOUND);

        SERVER.verify(0, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "READ")
    void a_deletion_rejected_with_a_code_is_absent_if_the_lookup_finds_nothing(Effect effect) {
        SERVER.stubFor(any(anyUrl()).willReturn(status(400).withBody("no-such-thing")));
        SERVER.stubFor(get(anyUrl()).willReturn(status(404)));

        assertThat(delete(deletion(effect).deleted(), "a")).contains(DeleteResult.NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "READ")
    void a_deletion_rejected_with_a_code_fails_if_the_lookup_finds_it(Effect effect) {
        SERVER.stubFor(any(anyUrl()).willReturn(status(400).withBody("in-use")));
        SERVER.stubFor(get(anyUrl()).willReturn(okJson("{}")));

        OtaFailure failure = delete(deletion(effect).deleted(), "a").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.Rejected.class);
        assertThat(failure.vendorCode()).contains("in-use");
    }

    @Test
    void a_deletion_rejected_without_a_code_fails_without_a_lookup() {
        SERVER.stubFor(any(anyUrl()).willReturn(status(400)));
        SERVER.stubFor(get(anyUrl()).willReturn(status(404)));

        assertThat(delete(delete, "a").getLeft()).isInstanceOf(OtaFailure.Rejected.class);

        SERVER.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void an_operation_may_define_which_failures_mean_absent() {
        Operation<String, DeleteResult> operation = deletion(Effect.IDEMPOTENT_CHANGE)
                .absentIf(failure -> failure.vendorCode().contains("gone"))
                .deleted();
        respond(status(403).withBody("gone"));

        assertThat(delete(operation, "a")).contains(DeleteResult.NOT_FOUND);
    }

    @Test
    void a_failure_names_the_subject_and_not_found_names_the_target() {
        respond(status(400));
        assertThat(client.change(create, "a", "a").getLeft().summary()).contains("the creation of thing a");

        respond(status(404));
        assertThat(client.change(create, "a", "a").getLeft().summary())
                .isEqualTo("The shelf of thing a does not exist on backend prod");
    }

    @Test
    void an_operation_is_executed_only_with_its_effect() {
        respond(ok());

        assertThatThrownBy(() -> client.read(create, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.read(delete, "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.change(show, "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.change(delete, "a", DeleteResult.DELETED))
                .isInstanceOf(IllegalArgumentException.class);

        SERVER.verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void an_operation_without_a_request_cannot_be_built() {
        assertThatThrownBy(() -> Operation.<String>deletion("Delete").deleted())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Delete");
    }

    @Test
    void a_change_is_reported_with_its_subject() {
        respond(okJson("{}"));
        Instant before = Instant.now();

        client.change(create, "a", "a");

        ChangeEvent change = changes.get(0);
        assertThat(changes).hasSize(1);
        assertThat(change.origin()).isEqualTo(client.contextOf(create));
        assertThat(change.subject()).isEqualTo("the creation of thing a");
        assertThat(change.started()).isAfterOrEqualTo(before);
        assertThat(change.started().plus(change.duration())).isBeforeOrEqualTo(Instant.now());
        assertThat(change.failure()).isEmpty();
    }

    @Test
    void a_change_without_a_response_is_reported_with_its_failure() {
        respond(aResponse().withFault(Fault.EMPTY_RESPONSE));

        OtaFailure failure = client.change(create, "a", "a").getLeft();

        assertThat(failure).isInstanceOf(OtaFailure.OutcomeUnknown.class);
        assertThat(changes).extracting(ChangeEvent::failure).containsExactly(Option.some(failure));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "READ")
    void a_deletion_is_reported_once_and_with_the_result_of_its_lookup(Effect effect) {
        SERVER.stubFor(any(anyUrl()).willReturn(status(400).withBody("no-such-thing")));
        SERVER.stubFor(get(anyUrl()).willReturn(status(404)));

        assertThat(delete(deletion(effect).deleted(), "a")).contains(DeleteResult.NOT_FOUND);

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).subject()).isEqualTo("thing a");
        assertThat(changes.get(0).failure()).isEmpty();
    }

    @Test
    void a_deletion_with_retries_is_reported_once() {
        respond(status(500));

        OtaFailure failure = delete(delete, "a").getLeft();

        SERVER.verify(2, deleteRequestedFor(anyUrl()));
        assertThat(changes).extracting(ChangeEvent::failure).containsExactly(Option.some(failure));
    }

    @Test
    void a_reported_subject_is_redacted() {
        respond(okJson("{}"));

        client.change(create, "secretid", "a");

        assertThat(changes.get(0).subject()).isEqualTo("the creation of thing ***");
    }

    @Test
    void what_is_not_sent_is_not_reported() {
        respond(okJson("{}"));

        client.read(show, "a");
        client.change(create, INVALID, INVALID);
        client.dryRun().change(create, "a", "a");
        client.dryRun().delete(delete, "a", () -> client.read(show, "a"));

        assertThat(changes).isEmpty();
    }

    @Test
    void a_change_without_a_permit_is_not_reported() {
        respond(okJson("{}"));
        RateLimits table = RateLimits.perOperation(Rate.perSecond(0.01));
        OperationClient limited =
                client(LIMITS, Option.some(RateLimiter.shared().account("acme:" + System.nanoTime(), table)));

        limited.change(create, "a", "a");
        assertThat(limited.change(create, "a", "a").getLeft()).isInstanceOf(OtaFailure.RateLimited.class);

        SERVER.verify(1, anyRequestedFor(anyUrl()));
        assertThat(changes).hasSize(1);
    }

    @Test
    void a_change_with_an_open_circuit_breaker_is_not_reported() {
        respond(status(500));
        OperationClient breaking = client(new CallOptions(Duration.ofSeconds(30), 1_000, 0, true), Option.none());
        while (!(breaking.change(create, "a", "a").getLeft() instanceof OtaFailure.CircuitOpen)) {
            assertThat(changes).hasSizeLessThan(100);
        }

        SERVER.verify(changes.size(), anyRequestedFor(anyUrl()));
    }

    /** The server responds when both requests have arrived. */
    @Test
    void an_uncoalesced_read_is_sent_for_each_caller() {
        CountDownLatch both = new CountDownLatch(2);
        try (RawServer server = new RawServer(connection -> {
            connection.head();
            both.countDown();
            both.await();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        })) {
            Api other = HttpTransport.shared()
                    .retrofit(
                            new ConnectionSettings(
                                    Endpoint.parse("http://127.0.0.1:" + server.port(), false)
                                            .get(),
                                    Option.none(),
                                    LIMITS),
                            request -> request)
                    .create(Api.class);
            Operation<String, String> link = Operation.<String>uncoalescedRead("Link")
                    .request(other::show)
                    .json(LenientJsonReader.of(JsonNode.class), (id, body) -> Either.right(id));

            assertThat(ConcurrentCallers.of(2, () -> client.read(link, "a")).results())
                    .allMatch(Either::isRight);

            assertThat(server.requests()).hasSize(2);
        }
    }
}
