package io.otabridge.huawei.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.otabridge.client.auth.RefreshableCredential;
import io.otabridge.client.credentials.CredentialEndpointClient;
import io.otabridge.client.error.ErrorRule;
import io.otabridge.client.json.FieldReader;
import io.otabridge.client.json.LenientJsonReader;
import io.otabridge.client.redaction.Redactor;
import io.otabridge.client.transport.HttpResponse;
import io.otabridge.domain.OtaFailure;
import io.otabridge.domain.backend.Secret;
import io.otabridge.huawei.config.HuaweiCredentials;
import io.otabridge.huawei.operation.HuaweiErrors;
import io.vavr.control.Either;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gets IAM tokens for a project with the password of a user, as described in the document "Obtaining a User Token
 * Through Password Authentication". The token is in a header of the response and its expiry in the body.
 */
final class IamTokenProvider implements RefreshableCredential.CredentialIssuer<Secret> {

    /** The operation name in the document. */
    static final String OPERATION = "KeystoneCreateUserTokenByPassword";

    private static final String TOKEN_HEADER = "X-Subject-Token";
    private static final String PATH = "/v3/auth/tokens?nocatalog=true";

    /** The response. All fields are optional on the wire. */
    record TokenDto(@JsonProperty("token") @Nullable ContentDto token) {

        record ContentDto(
                @JsonProperty("expires_at") @Nullable String expiresAt) {}
    }

    private static final LenientJsonReader<TokenDto> READER = LenientJsonReader.of(TokenDto.class);

    private final CredentialEndpointClient iam;
    private final HuaweiCredentials.User user;
    private final String projectId;
    private final Redactor redactor;

    IamTokenProvider(CredentialEndpointClient iam, HuaweiCredentials.User user, String projectId, Redactor redactor) {
        this.iam = iam;
        this.user = user;
        this.projectId = projectId;
        this.redactor = redactor;
    }

    @Override
    public Either<OtaFailure, RefreshableCredential.IssuedCredential<Secret>> issue(Duration timeout) {
        return iam.startSession(timeout)
                .post(PATH, requestBody().toString().getBytes(StandardCharsets.UTF_8))
                .flatMap(response -> response.isSuccess()
                        ? iam.issued(response, READER, dto -> token(response, dto))
                        : Either.left(iam.errorResponse(
                                errorRule(response.status()), response, HuaweiErrors.vendorError(response, redactor))));
    }

    private ObjectNode requestBody() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode auth = body.putObject("auth");
        ObjectNode identity = auth.putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode account = identity.putObject("password").putObject("user");
        account.put("name", user.userName()).put("password", user.password().reveal());
        account.putObject("domain").put("name", user.accountName());
        auth.putObject("scope").putObject("project").put("id", projectId);
        return body;
    }

    private static Either<String, RefreshableCredential.IssuedCredential<Secret>> token(
            HttpResponse response, TokenDto dto) {
        FieldReader fields = new FieldReader();
        Option<String> token = response.header(TOKEN_HEADER);
        if (token.isEmpty()) {
            fields.problem("header " + TOKEN_HEADER + " is missing");
        } else if (CredentialEndpointClient.secret(token.get()).isLeft()) {
            fields.problem("header " + TOKEN_HEADER + " is not " + Secret.CONSTRAINT.description());
        }
        Option<Instant> expiry = fields.required(
                "token.expires_at",
                dto.token() == null ? null : dto.token().expiresAt(),
                CredentialEndpointClient::time);
        return fields.result(() -> new RefreshableCredential.IssuedCredential<>(Secret.of(token.get()), expiry.get()));
    }

    private static ErrorRule errorRule(int status) {
        return switch (status) {
            case 400, 404 ->
                ErrorRule.rejected(
                        "Check user-name, account-name and project-id, and that iam-endpoint is the address of IAM");
            case 401 ->
                ErrorRule.accessDenied(
                        "Check user-name, password and account-name in credentials; the user must be an IAM user, not a HUAWEI"
                                + " ID, and must not need multi-factor authentication; repeated wrong passwords lock the user");
            case 403 ->
                ErrorRule.accessDenied(
                        "Grant the user access to the project in project-id, and programmatic access; wrong passwords can lock"
                                + " the user for a while");
            default -> ErrorRule.byStatus(status);
        };
    }
}
